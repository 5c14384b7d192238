package dev.pintle.kube.ownership;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An applied configuration over an object: nothing goes, what both have is what was applied, and items stand in the order
/// of the configuration, those it does not name where they stood between the others.
final class Merging {
  private Merging() {}

  static JsonObject of(MergeGranularity grain, JsonObject live, JsonObject applied) {
    return merge(grain, live, applied) instanceof JsonObject merged ? merged : new JsonObject();
  }

  /// Null when nothing is left to say.
  private static @Nullable Json merge(
      MergeGranularity grain, @Nullable Json live, @Nullable Json applied) {
    return switch (shape(grain, live, applied)) {
      case LEAF -> whole(live, applied);
      case ENTRIES -> {
        JsonObject before = live instanceof JsonObject map ? map : new JsonObject();
        JsonObject over = applied instanceof JsonObject map ? map : new JsonObject();
        yield before.isEmpty() && over.isEmpty()
            ? whole(live, applied)
            : entries(grain, before, over);
      }
      case ITEMS -> {
        JsonArray before = live instanceof JsonArray list ? list : new JsonArray();
        JsonArray over = applied instanceof JsonArray list ? list : new JsonArray();
        yield before.isEmpty() && over.isEmpty()
            ? whole(live, applied)
            : items(grain, before, over);
      }
    };
  }

  private static MergeGranularity.Shape shape(
      MergeGranularity grain, @Nullable Json live, @Nullable Json applied) {
    return applied == null ? grain.shape(live, null) : grain.shape(applied, live);
  }

  private static @Nullable Json whole(@Nullable Json live, @Nullable Json applied) {
    Json kept = applied == null ? live : applied;
    return kept == null ? null : kept.copy();
  }

  private static @Nullable Json entries(
      MergeGranularity grain, JsonObject live, JsonObject applied) {
    JsonObject merged = new JsonObject();
    for (int i = 0; i < live.size(); i++) {
      String name = live.nameAt(i);
      set(merged, name, merge(grain.entry(name), live.valueAt(i), applied.get(name)));
    }
    for (int i = 0; i < applied.size(); i++) {
      String name = applied.nameAt(i);
      if (!live.has(name)) {
        set(merged, name, merge(grain.entry(name), null, applied.valueAt(i)));
      }
    }
    return merged.isEmpty() ? null : merged;
  }

  private static void set(JsonObject merged, String name, @Nullable Json value) {
    if (value != null) {
      merged.set(name, value);
    }
  }

  /// One of the two lists, by what tells its items apart.
  ///
  /// @param elements of the items, in their order; one that repeats stands more than once
  /// @param values the item of an element; [Json#NULL] where more than one has it, for those are not merged
  private record Side(List<PathElement> elements, List<Json> items, Map<PathElement, Json> values) {
    static Side of(MergeGranularity grain, JsonArray list) {
      Side side = new Side(new ArrayList<>(), new ArrayList<>(), new HashMap<>());
      for (Json item : list) {
        PathElement element = ObjectFieldSet.elementOrNull(grain, item);
        if (element != null) {
          side.elements.add(element);
          side.items.add(item);
          side.values.merge(element, item, (_, _) -> Json.NULL);
        }
      }
      return side;
    }

    boolean has(PathElement element) {
      return values.containsKey(element);
    }
  }

  private static @Nullable Json items(MergeGranularity grain, JsonArray live, JsonArray applied) {
    return new ListMerge(grain.item(), Side.of(grain, live), Side.of(grain, applied)).merged();
  }

  /// A walk over both lists at once. `shared` are the items of both that are still to come, in the order of the
  /// configuration: an item of both that comes too early in the live list waits for its turn.
  private static final class ListMerge {
    private final MergeGranularity item;
    private final Side live;
    private final Side applied;
    private final LinkedHashSet<PathElement> shared = new LinkedHashSet<>();
    private final Set<PathElement> merged = new HashSet<>();
    private final JsonArray out = new JsonArray();
    private int liveAt;
    private int appliedAt;

    ListMerge(MergeGranularity item, Side live, Side applied) {
      this.item = item;
      this.live = live;
      this.applied = applied;
      for (PathElement element : applied.elements()) {
        if (live.has(element)) {
          shared.add(element);
        }
      }
    }

    @Nullable JsonArray merged() {
      while (liveAt < live.elements().size() || appliedAt < applied.elements().size()) {
        step();
      }
      return out.isEmpty() ? null : out;
    }

    private void step() {
      boolean moreApplied = appliedAt < applied.elements().size();
      if (liveAt < live.elements().size()) {
        PathElement element = live.elements().get(liveAt);
        if (moreApplied && element.equals(applied.elements().get(appliedAt))) {
          liveAt++;
          takeApplied();
          return;
        }
        if (moreApplied && applied.has(element) && !isNextShared(element)) {
          liveAt++;
          return;
        }
        if (!applied.has(element)) {
          add(item, live.items().get(liveAt), null);
          liveAt++;
          return;
        }
        if (merged.contains(element)) {
          liveAt++;
        }
      }
      if (moreApplied) {
        takeApplied();
      }
    }

    /// Nothing is too early when no shared item is to come.
    private boolean isNextShared(PathElement element) {
      return shared.isEmpty() || shared.getFirst().equals(element);
    }

    private void takeApplied() {
      PathElement element = applied.elements().get(appliedAt++);
      merged.add(element);
      shared.remove(element);
      add(item, live.values().get(element), applied.values().get(element));
    }

    private void add(MergeGranularity grain, @Nullable Json before, @Nullable Json over) {
      Json value = merge(grain, before, over);
      if (value != null) {
        out.add(value);
      }
    }
  }
}
