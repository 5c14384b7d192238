package dev.pintle.kube.admission.policy;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.StoredObject;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The finder of the parameters of policies.
///
/// @param kinds finds what is served of a kind, null for one that is not
public record PolicyParams(Function<GroupVersionKind, @Nullable ResourceType> kinds) {
  private static final List<@Nullable JsonObject> NONE_NEEDED = Collections.singletonList(null);

  /// The resource of a kind of parameters.
  ///
  /// @throws PolicyFault when nobody serves it
  ResourceType require(JsonObject paramKind) {
    GroupVersionKind kind =
        GroupVersionKind.of(paramKind.textOrEmpty("apiVersion"), paramKind.textOrEmpty("kind"));
    ResourceType type = kinds.apply(kind);
    if (type == null) {
      throw new PolicyFault(
          "failed to find resource referenced by paramKind: '%s/%s, Kind=%s'"
              .formatted(kind.group(), kind.version(), kind.kind()));
    }
    return type;
  }

  /// The parameters that a policy is asked with, once with each; with null where it has none.
  ///
  /// @param type of the policy's kind of parameters, null when it has none
  /// @param namespace of the request, empty for one of the whole cluster
  /// @throws PolicyFault when they cannot be found as they are asked for
  List<@Nullable JsonObject> find(
      @Nullable ResourceType type, PolicyBinding binding, String namespace, ObjectView view) {
    JsonObject reference = binding.paramRef();
    if (type == null || reference == null) {
      return NONE_NEEDED;
    }
    String named = reference.textOrEmpty("namespace");
    if (type.namespaced() && named.isEmpty() && namespace.isEmpty()) {
      throw new PolicyFault(
          "cannot use namespaced paramRef in policy binding that matches cluster-scoped resources");
    }
    if (!type.namespaced() && !named.isEmpty()) {
      throw new PolicyFault(
          "paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
    }
    String place = type.namespaced() ? (named.isEmpty() ? namespace : named) : "";
    List<? extends @Nullable JsonObject> found = found(type, place, reference, binding, view);
    if (found.isEmpty() && "Deny".equals(reference.text("parameterNotFoundAction"))) {
      throw new PolicyFault(
          "no params found for policy binding with `Deny` parameterNotFoundAction");
    }
    return Collections.unmodifiableList(found);
  }

  private static List<? extends JsonObject> found(
      ResourceType type,
      String namespace,
      JsonObject reference,
      PolicyBinding binding,
      ObjectView view) {
    String name = reference.textOrEmpty("name");
    JsonObject selector = reference.object("selector");
    if (!name.isEmpty()) {
      StoredObject stored = view.find(type, namespace, name);
      return stored == null ? List.of() : List.of(stored.tree());
    }
    if (selector == null) {
      throw new PolicyFault("one of name or selector must be provided");
    }
    return binding.selected().find(type, namespace, selector, view);
  }
}
