package dev.pintle.kube.admission.expression;

import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.Subresource;

/// The form in which a request is looked at: as it was sent, or as the equivalent resource that a rule names.
///
/// @param kind of the object
/// @param version of the resource
/// @param plural of the resource
public record MatchedKind(GroupVersionKind kind, GroupVersion version, String plural) {
  /// As it was sent.
  public static MatchedKind sent(ResourceType type, String subresource) {
    Subresource part = subresource.isEmpty() ? null : type.subresource(subresource);
    return new MatchedKind(
        part == null ? type.groupVersionKind() : part.kind(), type.groupVersion(), type.plural());
  }
}
