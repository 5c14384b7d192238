package dev.pintle.embed.requests;

import java.util.List;
import java.util.Optional;

/// An object that two moments differ in.
///
/// @param kind what became of it
/// @param apiVersion in which it is stored, such as `apps/v1`
/// @param objectKind such as `Deployment`
/// @param namespace empty for an object of the whole cluster
/// @param before the object at the earlier moment, JSON; empty when it was made since
/// @param after the object at the later moment, JSON; empty when it was deleted
/// @param fields what differs, of an object that was changed; without `metadata.managedFields`
public record ObjectChange(
    Kind kind,
    String apiVersion,
    String objectKind,
    String namespace,
    String name,
    Optional<String> before,
    Optional<String> after,
    List<FieldChange> fields) {

  /// The kind of a change.
  public enum Kind {
    MADE,
    CHANGED,
    DELETED
  }

  public ObjectChange {
    fields = List.copyOf(fields);
  }
}
