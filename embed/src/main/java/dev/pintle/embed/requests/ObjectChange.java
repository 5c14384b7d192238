package dev.pintle.embed.requests;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// An object that two moments differ in.
///
/// @param kind what became of it
/// @param apiVersion in which it is stored, such as `apps/v1`; empty for what is stored and no object of the API
/// @param objectKind such as `Deployment`; empty for what is stored and no object of the API
/// @param namespace empty for an object of the whole cluster
/// @param name of the object; its key for what is none
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

  /// For people, a line for the object and one for each field.
  @Override
  public String toString() {
    String place = namespace.isEmpty() ? name : namespace + "/" + name;
    String head =
        "%s %s %s".formatted(kind.name().toLowerCase(Locale.ROOT), objectKind, place).strip();
    return fields.stream()
        .map(field -> "\n  " + RequestText.field(field))
        .collect(Collectors.joining("", head, ""));
  }
}
