package dev.pintle.kube.defaults;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.List;

/// One step of filling in a structure.
sealed interface Rule {

  /// `field` gets a copy of `value` when it has none and every condition holds.
  record Fill(String field, Json value, List<Condition> conditions) implements Rule {}

  record Call(NamedRule rule) implements Rule {}

  sealed interface Condition {
    boolean holds(JsonObject structure);
  }

  record Present(String field) implements Condition {
    @Override
    public boolean holds(JsonObject structure) {
      return !Unset.isUnset(structure.get(field));
    }
  }

  record Absent(String field) implements Condition {
    @Override
    public boolean holds(JsonObject structure) {
      return Unset.isUnset(structure.get(field));
    }
  }

  record Equal(String field, Json value) implements Condition {
    @Override
    public boolean holds(JsonObject structure) {
      return value.equals(structure.get(field));
    }
  }
}
