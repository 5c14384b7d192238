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
      object.objectAt(StrategyStep.holder(path)).set(path.getLast(), value.copy());
    }
  }

  record Drop(List<String> path) implements StrategyStep {
    @Override
    public void apply(JsonObject object, @Nullable JsonObject old) {
      JsonObject holder = object.object(StrategyStep.holder(path));
      if (holder != null) {
        holder.remove(path.getLast());
      }
    }
  }

  record Keep(List<String> path) implements StrategyStep {
    @Override
    public void apply(JsonObject object, @Nullable JsonObject old) {
      Json before = old == null ? null : old.get(path);
      if (before == null) {
        new Drop(path).apply(object, old);
      } else {
        object.objectAt(StrategyStep.holder(path)).set(path.getLast(), before.copy());
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

  private static List<String> holder(List<String> path) {
    return path.subList(0, path.size() - 1);
  }
}
