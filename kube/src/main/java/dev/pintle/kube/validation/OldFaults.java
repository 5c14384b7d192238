package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The faults that an object had before an update: they may stay, or be replaced by others of the same kind. Upstream looks for a
/// kind of fault in a whole object, not in each value; each kind is looked for once, however many values ask.
final class OldFaults {
  private static final List<String> POD_AFFINITIES = List.of("podAffinity", "podAntiAffinity");
  private static final List<String> TERM_SELECTORS = List.of("labelSelector", "namespaceSelector");
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

  /// The kinds of faults.
  private enum Kind {
    SELECTORS,
    SELECTORS_OF_PODS,
    NODE_SELECTORS,
    SPREADING,
    TOKEN_PATHS,
    DELETION_COST,
    DATA_SOURCE,
    HUGE_PAGES
  }

  // Null until somebody asks: most objects have none.
  private @Nullable Map<Kind, Boolean> known;
  private @Nullable Map<PodFault, Boolean> knownOfPods;

  private static boolean once(ValidationContext context, Kind kind, BooleanSupplier look) {
    if (context.old() == null) {
      return false;
    }
    return context.oldFaults().known().computeIfAbsent(kind, _ -> look.getAsBoolean());
  }

  private Map<Kind, Boolean> known() {
    if (known == null) {
      known = new EnumMap<>(Kind.class);
    }
    return known;
  }

  /// Whether a fault was in the pod before the update, or in what pods are made of.
  static boolean inPod(ValidationContext context, PodFault fault) {
    if (context.old() == null) {
      return false;
    }
    return context
        .oldFaults()
        .knownOfPods()
        .computeIfAbsent(
            fault, _ -> podSpec(context) instanceof JsonObject pod && fault.isIn(context, pod));
  }

  private Map<PodFault, Boolean> knownOfPods() {
    if (knownOfPods == null) {
      knownOfPods = new EnumMap<>(PodFault.class);
    }
    return knownOfPods;
  }

  /// Whether the values of a selector's expressions may be any text. Those of what volumes are made of never may.
  ///
  /// @param path of the selector or of a part of it
  static boolean inSelectors(ValidationContext context, FieldPath path) {
    String place = path.toString();
    boolean ofPods = place.contains(".affinity.pod");
    return !place.contains(".volumes[")
        && once(
            context,
            ofPods ? Kind.SELECTORS_OF_PODS : Kind.SELECTORS,
            () -> hasBadSelector(context, ofPods));
  }

  private static boolean hasBadSelector(ValidationContext context, boolean ofPods) {
    JsonObject old = old(context);
    JsonObject spec = old.objectOrEmpty("spec");
    return switch (context.type().kind()) {
      case "DaemonSet", "Job" ->
          hasBadValue(spec.object("selector")) || inAffinity(context, podSpec(context));
      case "PersistentVolumeClaim" -> isWrong(context, spec.object("selector"));
      case "CSIStorageCapacity" -> isWrong(context, old.object("nodeTopology"));
      case "ClusterRole" ->
          old
              .objectOrEmpty("aggregationRule")
              .arrayOrEmpty("clusterRoleSelectors")
              .objects()
              .stream()
              .anyMatch(selector -> isWrong(context, selector));
      default -> ofPods && inAffinity(context, podSpec(context));
    };
  }

  private static boolean isWrong(ValidationContext context, @Nullable JsonObject selector) {
    return !Labels.isValidSelector(context, selector);
  }

  private static boolean hasBadValue(@Nullable JsonObject selector) {
    return selector != null
        && selector.arrayOrEmpty("matchExpressions").objects().stream()
            .anyMatch(OldFaults::hasBadValues);
  }

  private static boolean hasBadValues(JsonObject expression) {
    return expression.texts("values").stream()
        .anyMatch(value -> !Formats.labelValue(value).isEmpty());
  }

  private static boolean inAffinity(ValidationContext context, @Nullable JsonObject pod) {
    JsonObject affinity = pod == null ? new JsonObject() : pod.objectOrEmpty("affinity");
    for (String kind : POD_AFFINITIES) {
      JsonObject terms = affinity.objectOrEmpty(kind);
      for (JsonObject term : terms.arrayOrEmpty(REQUIRED).objects()) {
        if (isTermWrong(context, term)) {
          return true;
        }
      }
      for (JsonObject term : terms.arrayOrEmpty(PREFERRED).objects()) {
        if (isTermWrong(context, term.objectOrEmpty("podAffinityTerm"))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isTermWrong(ValidationContext context, JsonObject term) {
    return TERM_SELECTORS.stream().anyMatch(field -> isWrong(context, term.object(field)));
  }

  /// Whether the values that nodes are asked for may be any text.
  static boolean inNodeSelectors(ValidationContext context) {
    return once(context, Kind.NODE_SELECTORS, () -> hasBadNodeSelectors(context));
  }

  private static boolean hasBadNodeSelectors(ValidationContext context) {
    JsonObject old = context.old();
    JsonObject pod = podSpec(context);
    JsonObject required;
    if (old != null && context.type().kind().equals("PersistentVolume")) {
      required = old.objectOrEmpty("spec").objectOrEmpty("nodeAffinity").objectOrEmpty("required");
    } else if (pod != null) {
      required =
          pod.objectOrEmpty("affinity").objectOrEmpty("nodeAffinity").objectOrEmpty(REQUIRED);
    } else {
      return false;
    }
    return required.arrayOrEmpty("nodeSelectorTerms").objects().stream()
        .flatMap(term -> term.arrayOrEmpty("matchExpressions").objects().stream())
        .anyMatch(OldFaults::hasBadValues);
  }

  /// Whether what pods are spread by may be any selector.
  static boolean inSpreading(ValidationContext context) {
    return once(context, Kind.SPREADING, () -> hasBadSpreading(context));
  }

  private static boolean hasBadSpreading(ValidationContext context) {
    JsonObject pod = podSpec(context);
    return pod != null
        && pod.arrayOrEmpty("topologySpreadConstraints").objects().stream()
            .anyMatch(constraint -> isWrong(context, constraint.object("labelSelector")));
  }

  /// Whether the files of tokens may be anywhere.
  static boolean inTokenPaths(ValidationContext context) {
    return once(context, Kind.TOKEN_PATHS, () -> hasBadTokenPaths(context));
  }

  private static boolean hasBadTokenPaths(ValidationContext context) {
    JsonObject pod = podSpec(context);
    return pod != null
        && pod.arrayOrEmpty("volumes").objects().stream()
            .flatMap(volume ->
                volume.objectOrEmpty("projected").arrayOrEmpty("sources").objects().stream())
            .map(source -> source.object("serviceAccountToken"))
            .anyMatch(token -> token != null && !FilePaths.isLocal(token.textOrEmpty("path")));
  }

  /// Whether what it costs to delete a pod may be any text.
  static boolean inDeletionCost(ValidationContext context, String annotation) {
    return once(context, Kind.DELETION_COST, () -> hasBadDeletionCost(context, annotation));
  }

  private static boolean hasBadDeletionCost(ValidationContext context, String annotation) {
    JsonObject template = podTemplate(context);
    String cost =
        template == null
            ? null
            : template.objectOrEmpty("metadata").objectOrEmpty("annotations").text(annotation);
    return cost != null && !PodAnnotations.isCost(cost);
  }

  /// Whether the group of the source of a claim may have any name: it may where there was any group.
  static boolean inDataSource(ValidationContext context) {
    return once(context, Kind.DATA_SOURCE, () -> hasGroupOfSource(context));
  }

  private static boolean hasGroupOfSource(ValidationContext context) {
    JsonObject old = context.old();
    return old != null
        && List.of("dataSource", "dataSourceRef").stream()
            .map(field -> old.objectOrEmpty("spec").objectOrEmpty(field).get("apiGroup"))
            .anyMatch(group -> group instanceof Json.Text);
  }

  /// Whether parts of huge pages may be asked for.
  static boolean inHugePages(ValidationContext context) {
    return once(context, Kind.HUGE_PAGES, () -> hasPartsOfHugePages(context));
  }

  private static boolean hasPartsOfHugePages(ValidationContext context) {
    JsonObject pod = podSpec(context);
    if (pod == null) {
      return false;
    }
    for (String list : List.of("containers", "initContainers", "ephemeralContainers")) {
      for (JsonObject container : pod.arrayOrEmpty(list).objects()) {
        JsonObject resources = container.objectOrEmpty("resources");
        if (hasPartOfPage(resources.objectOrEmpty("requests"))
            || hasPartOfPage(resources.objectOrEmpty("limits"))) {
          return true;
        }
      }
    }
    return hasPartOfPage(pod.objectOrEmpty("overhead"));
  }

  private static boolean hasPartOfPage(JsonObject amounts) {
    for (JsonObject.Field amount : amounts) {
      if (ResourceNameRules.isPartOfHugePage(amount.name(), amount.value())) {
        return true;
      }
    }
    return false;
  }

  private static JsonObject old(ValidationContext context) {
    return Objects.requireNonNull(context.old(), "asked for an update only");
  }

  private static @Nullable JsonObject podSpec(ValidationContext context) {
    JsonObject template = podTemplate(context);
    return template == null ? null : template.objectOrEmpty("spec");
  }

  /// The pod before the update, or what pods are made of.
  private static @Nullable JsonObject podTemplate(ValidationContext context) {
    JsonObject old = context.old();
    if (old == null) {
      return null;
    }
    return switch (context.type().kind()) {
      case "Pod" -> old;
      case "PodTemplate" -> old.objectOrEmpty("template");
      case "CronJob" ->
          old.objectOrEmpty("spec")
              .objectOrEmpty("jobTemplate")
              .objectOrEmpty("spec")
              .objectOrEmpty("template");
      default -> old.objectOrEmpty("spec").objectOrEmpty("template");
    };
  }
}
