package dev.pintle.kube.strategy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of the table.
sealed interface StrategyStep {

  /// @param old what was there before; null for a new object
  void apply(JsonObject object, @Nullable JsonObject old);

  record Set(List<String> path, Json value) implements StrategyStep {
    @Override
    public void apply(JsonObject object, @Nullable JsonObject old) {
      parent(object, path).set(path.getLast(), value.copy());
    }
  }

  record Drop(List<String> path) implements StrategyStep {
    @Override
    public void apply(JsonObject object, @Nullable JsonObject old) {
      JsonObject holder = find(object, path.subList(0, path.size() - 1));
      if (holder != null) {
        holder.remove(path.getLast());
      }
    }
  }

  record Keep(List<String> path) implements StrategyStep {
    @Override
    public void apply(JsonObject object, @Nullable JsonObject old) {
      JsonObject holder = old == null ? null : find(old, path.subList(0, path.size() - 1));
      Json before = holder == null ? null : holder.get(path.getLast());
      if (before == null) {
        new Drop(path).apply(object, old);
      } else {
        parent(object, path).set(path.getLast(), before.copy());
      }
    }
  }

  record Call(NamedStep step) implements StrategyStep {
    @Override
    public void apply(JsonObject object, @Nullable JsonObject old) {
      step.apply(object, old == null ? new JsonObject() : old);
    }
  }

  /// A step that one line cannot say; the old object is empty for a new one.
  @FunctionalInterface
  interface NamedStep {
    void apply(JsonObject object, JsonObject old);
  }

  private static JsonObject parent(JsonObject object, List<String> path) {
    JsonObject holder = object;
    for (String name : path.subList(0, path.size() - 1)) {
      holder = holder.objectAt(name);
    }
    return holder;
  }

  private static @Nullable JsonObject find(JsonObject object, List<String> path) {
    JsonObject holder = object;
    for (String name : path) {
      holder = holder == null ? null : holder.object(name);
    }
    return holder;
  }
}
