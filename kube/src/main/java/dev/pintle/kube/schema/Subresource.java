package dev.pintle.kube.schema;

import java.util.Set;

/// A part of a resource with a path of its own, such as `status`.
///
/// @param kind of what is sent and answered there: the resource's own kind, or another one as for
///   `scale`
public record Subresource(String name, GroupVersionKind kind, Set<Verb> verbs) {
  public Subresource {
    verbs = Set.copyOf(verbs);
  }
}
