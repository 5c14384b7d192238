package dev.pintle.kube.decode;

import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One of upstream's registers of kinds: what is expected decides which of them is asked what an object is that says it is
/// something else.
enum KindScheme {
  /// Of all groups but those of the two servers below.
  MAIN,
  DEFINITIONS,
  AGGREGATION,
  /// Of the options that a body may hold.
  OPTIONS;

  static final String INTERNAL = "__internal";
  private static final String WATCH_EVENT = "WatchEvent";
  private static final GroupVersion CORE = GroupVersion.parse("v1");

  private static final Set<String> UNVERSIONED =
      Set.of("APIGroup", "APIGroupList", "APIResourceList", "APIVersions", "Status");

  private static final Set<String> UNVERSIONED_OPTIONS =
      Set.of("CreateOptions", "DeleteOptions", "UpdateOptions");

  private static final Set<String> IN_EVERY_VERSION =
      Set.of(
          "CreateOptions",
          "DeleteOptions",
          "GetOptions",
          "ListOptions",
          "PatchOptions",
          "UpdateOptions",
          WATCH_EVENT);

  private static final Set<String> FORMS =
      Set.of("PartialObjectMetadata", "PartialObjectMetadataList", "Table", "TableOptions");

  static KindScheme of(GroupVersionKind expected) {
    return switch (expected.group()) {
      case "apiextensions.k8s.io" -> DEFINITIONS;
      case "apiregistration.k8s.io" -> AGGREGATION;
      case "meta.k8s.io" -> OPTIONS;
      default -> MAIN;
    };
  }

  /// What an object of a kind is read as, as Go prints its type, such as `v1.Status`; null for a kind that is not registered.
  @Nullable String goType(GroupVersionKind given) {
    String kind = given.kind();
    if (this != OPTIONS && given.version().equals(INTERNAL)) {
      String internal = internalType(given.group(), kind);
      if (internal != null) {
        return internal;
      }
    }
    if (isUnversioned(kind)) {
      return "v1." + kind;
    }
    if (this == OPTIONS) {
      return given.group().equals("meta.k8s.io") ? formType(given) : null;
    }
    GroupVersion version = given.groupVersion();
    boolean own = of(given) == this && KnownKinds.versions().contains(version);
    if (IN_EVERY_VERSION.contains(kind) && (own || version.equals(CORE))) {
      return "v1." + kind;
    }
    return own && KnownKinds.have(given) ? given.version() + "." + kind : null;
  }

  /// Whether a kind is known whatever version an object says.
  private boolean isUnversioned(String kind) {
    boolean here =
        switch (this) {
          case MAIN, AGGREGATION -> false;
          case DEFINITIONS -> kind.equals(WATCH_EVENT);
          case OPTIONS -> UNVERSIONED_OPTIONS.contains(kind);
        };
    return here || UNVERSIONED.contains(kind);
  }

  private @Nullable String internalType(String group, String kind) {
    boolean own = of(GroupVersionKind.of(group + "/" + INTERNAL, kind)) == this;
    if (kind.equals(WATCH_EVENT) && (group.isEmpty() || own)) {
      return "v1.InternalEvent";
    }
    return own && KnownKinds.haveInAnyVersion(group, kind)
        ? internalPackage(group, kind) + "." + kind
        : null;
  }

  /// Of the forms that answers come in, which only options are told from.
  private static @Nullable String formType(GroupVersionKind given) {
    String kind = given.kind();
    boolean form = FORMS.contains(kind);
    return switch (given.version()) {
      case "v1" -> form || IN_EVERY_VERSION.contains(kind) ? "v1." + kind : null;
      case INTERNAL -> kind.equals("ListOptions") ? "internalversion." + kind : null;
      case "v1beta1" -> form ? (kind.endsWith("List") ? "v1beta1." : "v1.") + kind : null;
      default -> null;
    };
  }

  /// The structure that all versions of a kind are converted to, as Go prints its type.
  static String internalType(GroupVersionKind kind) {
    String own = of(kind) == OPTIONS ? kind.version() : internalPackage(kind.group(), kind.kind());
    return own + "." + kind.kind();
  }

  private static String internalPackage(String group, String kind) {
    return switch (group) {
      case "", "events.k8s.io" -> "core";
      case "internal.apiserver.k8s.io" -> "apiserverinternal";
      case "apps" -> kind.equals("Scale") ? "autoscaling" : group;
      case "extensions" ->
          switch (kind) {
            case "Scale" -> "autoscaling";
            case "Ingress", "IngressList", "NetworkPolicy", "NetworkPolicyList" -> "networking";
            default -> "apps";
          };
      default -> group.indexOf('.') < 0 ? group : group.substring(0, group.indexOf('.'));
    };
  }
}
