package dev.pintle.kube.defaults;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One step of filling in a structure.
sealed interface DefaultRule {

  /// `field` gets a copy of `value` when it has none and every condition holds.
  ///
  /// @param path the names that lead to the structure that has the field, empty for this one
  record Fill(List<String> path, String field, Json value, List<Condition> conditions)
      implements DefaultRule {}

  record Call(NamedDefault rule) implements DefaultRule {}

  sealed interface Condition {
    boolean holds(JsonObject structure);
  }

  record Present(String field) implements Condition {
    @Override
    public boolean holds(JsonObject structure) {
      return !UnsetField.isAbsent(DefaultRule.find(structure, field));
    }
  }

  record Absent(String field) implements Condition {
    @Override
    public boolean holds(JsonObject structure) {
      return UnsetField.isAbsent(DefaultRule.find(structure, field));
    }
  }

  record Equal(String field, Json value) implements Condition {
    @Override
    public boolean holds(JsonObject structure) {
      return value.equals(DefaultRule.find(structure, field));
    }
  }

  /// The value at names joined by dots.
  private static @Nullable Json find(JsonObject structure, String path) {
    JsonObject holder = structure;
    int start = 0;
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', start)) {
      holder = holder.object(path.substring(start, dot));
      if (holder == null) {
        return null;
      }
      start = dot + 1;
    }
    return holder.get(path.substring(start));
  }
}
