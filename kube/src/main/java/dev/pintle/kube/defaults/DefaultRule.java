package dev.pintle.kube.defaults;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.List;

/// One step of filling in a structure.
sealed interface DefaultRule {

  /// A default: `field` gets a copy of `value` when it has none and every condition holds.
  ///
  /// @param path the names that lead to the structure that has the field, empty for this one
  record Fill(List<String> path, String field, Json value, List<Condition> conditions)
      implements DefaultRule {}

  record Call(NamedDefault rule) implements DefaultRule {}

  sealed interface Condition {
    boolean holds(JsonObject structure);
  }

  record Present(List<String> path) implements Condition {
    @Override
    public boolean holds(JsonObject structure) {
      return !UnsetField.isAbsent(structure.get(path));
    }
  }

  record Absent(List<String> path) implements Condition {
    @Override
    public boolean holds(JsonObject structure) {
      return UnsetField.isAbsent(structure.get(path));
    }
  }

  record Equal(List<String> path, Json value) implements Condition {
    @Override
    public boolean holds(JsonObject structure) {
      return value.equals(structure.get(path));
    }
  }
}
