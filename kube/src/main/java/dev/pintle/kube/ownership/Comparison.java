package dev.pintle.kube.ownership;

import dev.pintle.kube.object.CompactTexts;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.PlaceOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The difference that a change of an object makes, by fields. No path is in more than one of the sets.
///
/// @param written the paths that were added or got another value
/// @param removed the paths that are gone
record Comparison(FieldSet written, FieldSet removed) {

  static Comparison of(MergeGranularity grain, JsonObject old, JsonObject now) {
    Walk walk = new Walk();
    walk.compare(grain, old, now);
    return new Comparison(walk.written.set(), walk.removed.set());
  }

  Comparison outside(FieldSet reset) {
    return new Comparison(written.outside(reset), removed.outside(reset));
  }

  boolean isEmpty() {
    return written.isEmpty() && removed.isEmpty();
  }

  private static final class Walk {
    private final FieldSetCollector written = new FieldSetCollector();
    private final FieldSetCollector removed = new FieldSetCollector();
    private final List<PathElement> at = new ArrayList<>();

    /// One of the two values may be absent.
    void compare(MergeGranularity grain, @Nullable Json old, @Nullable Json now) {
      MergeGranularity.Shape before = grain.shape(old, now);
      MergeGranularity.Shape after = grain.shape(now, old);
      // A value that became another kind of thing is looked at as both.
      boolean changedShape = before != after && old != null && now != null;
      if (changedShape) {
        parts(before, grain, old, now);
      }
      if (parts(old == null ? after : now == null ? before : after, grain, old, now)) {
        return;
      }
      if (old == null) {
        written.add(at);
      } else if (now == null) {
        removed.add(at);
      }
    }

    /// Whether the value was dealt with as a whole.
    private boolean parts(
        MergeGranularity.Shape shape,
        MergeGranularity grain,
        @Nullable Json old,
        @Nullable Json now) {
      return switch (shape) {
        case LEAF -> whole(old, now);
        case ENTRIES -> {
          if (ScalarKeys.isEmpty(old) && ScalarKeys.isEmpty(now)) {
            yield whole(old, now);
          }
          entries(grain, old, now);
          yield false;
        }
        case ITEMS -> {
          if (ScalarKeys.isEmpty(old) && ScalarKeys.isEmpty(now)) {
            yield whole(old, now);
          }
          items(grain, old, now);
          yield false;
        }
      };
    }

    private boolean whole(@Nullable Json old, @Nullable Json now) {
      if (now == null) {
        removed.add(at);
      } else if (old == null || !ScalarKeys.same(now, old) || ScalarKeys.isHeldOtherwise(now)) {
        written.add(at);
      }
      return true;
    }

    private void entries(MergeGranularity grain, @Nullable Json old, @Nullable Json now) {
      JsonObject before = old instanceof JsonObject map ? map : new JsonObject();
      JsonObject after = now instanceof JsonObject map ? map : new JsonObject();
      for (int i = 0; i < before.size(); i++) {
        String name = before.nameAt(i);
        descend(new PathElement.Name(name), grain.entry(name), before.valueAt(i), after.get(name));
      }
      for (int i = 0; i < after.size(); i++) {
        String name = after.nameAt(i);
        if (!before.has(name)) {
          descend(new PathElement.Name(name), grain.entry(name), null, after.valueAt(i));
        }
      }
    }

    private void descend(
        PathElement element, MergeGranularity grain, @Nullable Json old, @Nullable Json now) {
      at.add(element);
      compare(grain, old, now);
      at.removeLast();
    }

    private void items(MergeGranularity grain, @Nullable Json old, @Nullable Json now) {
      if (isManyTexts(grain, old) || isManyTexts(grain, now)) {
        List<String> before = textsOrNull(old);
        List<String> after = textsOrNull(now);
        if (before != null && after != null) {
          texts(compact(before), compact(after));
          return;
        }
      }
      Map<PathElement, Both> items = new LinkedHashMap<>();
      sort(grain, old, items, true);
      sort(grain, now, items, false);
      items.forEach((element, both) -> item(grain.item(), element, both));
    }

    private static boolean isManyTexts(MergeGranularity grain, @Nullable Json value) {
      return value instanceof JsonArray list && grain.manyTexts(list) != null;
    }

    /// Null for a list of something else, too.
    private static @Nullable List<String> textsOrNull(@Nullable Json value) {
      if (!(value instanceof JsonArray list)) {
        return List.of();
      }
      List<String> texts = list.onlyTexts();
      return texts.size() == list.size() ? texts : null;
    }

    private static CompactTexts compact(List<String> texts) {
      CompactTexts compact = new CompactTexts();
      texts.forEach(compact::append);
      return compact;
    }

    /// The items of two sets of texts, as [#item] has them.
    private void texts(CompactTexts old, CompactTexts now) {
      // Behind one another, so that they have one order.
      CompactTexts all = old.share();
      now.forEach(all::append);
      int[] places = PlaceOrder.of(all.size(), all::compare);
      int from = 0;
      int before = 0;
      for (int to = 1; to <= places.length; to++) {
        before += places[to - 1] < old.size() ? 1 : 0;
        if (to == places.length || all.compare(places[from], places[to]) != 0) {
          Json text = Json.of(all.get(places[from]));
          text(new PathElement.Value(text), before, to - from - before);
          from = to;
          before = 0;
        }
      }
    }

    /// @param before how often it stood in the old set, which should be once
    private void text(PathElement element, int before, int after) {
      if (before == after) {
        return;
      }
      if (after > 0) {
        mark(element, written);
      }
      if (before == 1 || (before > 1 && after <= 1)) {
        mark(element, removed);
      }
    }

    private record Both(List<Json> old, List<Json> now) {}

    private static void sort(
        MergeGranularity grain, @Nullable Json value, Map<PathElement, Both> items, boolean old) {
      if (!(value instanceof JsonArray list)) {
        return;
      }
      for (Json item : list) {
        PathElement element = ObjectFieldSet.elementOrNull(grain, item);
        if (element != null) {
          Both both =
              items.computeIfAbsent(element, _ -> new Both(new ArrayList<>(1), new ArrayList<>(1)));
          (old ? both.old() : both.now()).add(item);
        }
      }
    }

    /// Items that come more than once are one thing with whatever they hold.
    private void item(MergeGranularity grain, PathElement element, Both both) {
      List<Json> old = both.old();
      List<Json> now = both.now();
      if (old.size() <= 1 && now.size() <= 1) {
        descend(element, grain, first(old), first(now));
      } else if (old.size() > 1 && now.size() > 1) {
        mark(element, old.equals(now) ? null : written);
      } else if (old.size() > 1) {
        if (!now.isEmpty()) {
          descend(element, grain, null, first(now));
        }
        mark(element, removed);
      } else {
        if (!old.isEmpty()) {
          descend(element, grain, first(old), null);
        }
        mark(element, written);
      }
    }

    private void mark(PathElement element, @Nullable FieldSetCollector where) {
      if (where != null) {
        at.add(element);
        where.add(at);
        at.removeLast();
      }
    }

    private static @Nullable Json first(List<Json> items) {
      return items.isEmpty() ? null : items.getFirst();
    }
  }
}
