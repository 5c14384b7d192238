package dev.pintle.schema;

import dev.pintle.schema.FieldDef.Presence;
import java.util.Map;
import java.util.Set;

/// The behaviour of most fields at their zero value; tables name the exceptions.
final class Presences {
  private static final Set<String> ALWAYS_BY_VALUE = Set.of("metadata", "spec", "status");

  private Presences() {}

  static void applyRule(Map<String, TypeDef> types) {
    for (TypeDef type : types.values()) {
      for (FieldDef field : type.fields) {
        field.presence = byRule(field, types);
      }
    }
  }

  /// Optional structures are pointers, but for the three parts of an object; required ones and all
  /// else are values.
  static Presence byRule(FieldDef field, Map<String, TypeDef> types) {
    if (field.required) {
      return Presence.ALWAYS;
    }
    boolean structure = field.shape instanceof Shape.Ref(var name) && types.containsKey(name);
    return structure && !ALWAYS_BY_VALUE.contains(field.name)
        ? Presence.POINTER
        : Presence.OMIT_EMPTY;
  }
}
