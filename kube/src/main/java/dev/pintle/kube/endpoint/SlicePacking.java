package dev.pintle.kube.endpoint;

import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The distribution of the endpoints of one set of ports among slices, with as few changed as can be: slices lose what is not wanted any
/// more, those that change anyway are filled up, and what is left goes to the one slice that it fills best, or to new ones. Upstream's
/// rules.
///
/// @param made a new slice, without a name and without endpoints
/// @param labels a slice with the labels that it should have; empty when they are right
record SlicePacking(Supplier<JsonObject> made, Function<JsonObject, Optional<JsonObject>> labels) {
  static final int ENDPOINTS_MAX = 100;

  /// @param existing as they are stored
  /// @param wanted the endpoints; none is left
  void pack(
      List<JsonObject> existing, Map<SliceEndpoint.Key, JsonObject> wanted, SliceChanges changes) {
    Map<String, JsonObject> updated = new LinkedHashMap<>();
    List<JsonObject> unchanged = new ArrayList<>();
    for (JsonObject slice : existing) {
      Optional<JsonObject> kept = keep(slice, wanted);
      if (kept.isEmpty()) {
        unchanged.add(slice);
      } else if (size(kept.get()) == 0 && size(slice) > 0) {
        changes.deleted().add(slice);
      } else {
        updated.put(SliceChanges.name(slice), kept.get());
      }
    }
    List<JsonObject> fullest = new ArrayList<>(updated.values());
    fullest.sort(Comparator.comparingInt(SlicePacking::size).reversed());
    fullest.forEach(slice -> fill(slice, wanted));
    while (!wanted.isEmpty()) {
      JsonObject best = wanted.size() < ENDPOINTS_MAX ? best(unchanged, wanted.size()) : null;
      if (best == null) {
        JsonObject slice = made.get();
        fill(slice, wanted);
        changes.created().add(slice);
      } else {
        unchanged.remove(best);
        JsonObject slice = best.copy();
        fill(slice, wanted);
        updated.put(SliceChanges.name(slice), slice);
      }
    }
    changes.updated().addAll(updated.values());
  }

  /// The slice with those of its endpoints that are still wanted, as they are now; empty when nothing changes. What it has is wanted
  /// no more of others.
  private Optional<JsonObject> keep(JsonObject slice, Map<SliceEndpoint.Key, JsonObject> wanted) {
    JsonArray kept = new JsonArray();
    boolean changed = false;
    for (JsonObject endpoint : slice.objects("endpoints")) {
      JsonObject now = wanted.remove(SliceEndpoint.Key.of(endpoint));
      if (now != null) {
        kept.add(now);
        changed |= !SliceEndpoint.isSame(now, endpoint);
      }
    }
    Optional<JsonObject> labelled = labels.apply(slice);
    if (!changed && kept.size() == size(slice)) {
      return labelled;
    }
    return Optional.of(labelled.orElseGet(slice::copy).set("endpoints", kept));
  }

  private static int size(JsonObject slice) {
    return slice.arrayOrEmpty("endpoints").size();
  }

  private static void fill(JsonObject slice, Map<SliceEndpoint.Key, JsonObject> wanted) {
    JsonArray endpoints = slice.arrayAt("endpoints");
    Iterator<JsonObject> rest = wanted.values().iterator();
    while (rest.hasNext() && endpoints.size() < ENDPOINTS_MAX) {
      endpoints.add(rest.next());
      rest.remove();
    }
  }

  /// The slice that is fullest once it has `more`.
  private static @Nullable JsonObject best(List<JsonObject> slices, int more) {
    JsonObject best = null;
    for (JsonObject slice : slices) {
      if (size(slice) + more <= ENDPOINTS_MAX && (best == null || size(slice) > size(best))) {
        best = slice;
      }
    }
    return best;
  }
}
