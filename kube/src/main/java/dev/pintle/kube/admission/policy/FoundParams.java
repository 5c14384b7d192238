package dev.pintle.kube.admission.policy;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The parameters that the selectors of all bindings found lately: so many bytes of them, as they are stored. Those that nobody asked
/// for for longest are forgotten first. Thread-safe.
final class FoundParams {
  static final long BYTES_MAX = 2 * SelectedParams.BYTES_MAX;

  /// What is remembered of an answer beside its parameters.
  private static final long PLACE_BYTES = 512;

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by `lock`.
  private final Map<Place, Found> byPlace = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /// A question that was answered.
  ///
  /// @param selected of one binding
  record Place(SelectedParams selected, String namespace) {}

  /// The parameters that were found at a revision, by their keys.
  ///
  /// @param trees of all of them, in the order of their keys
  /// @param bytes as they are stored
  /// @param tooMany whether they were too many to be kept
  record Found(
      ResourceType type,
      long revision,
      SortedMap<Bytes, Param> params,
      List<JsonObject> trees,
      long bytes,
      boolean tooMany) {
    /// What was found is still so.
    Found at(long later) {
      return new Found(type, later, params, trees, bytes, tooMany);
    }
  }

  record Param(JsonObject tree, int bytes) {}

  @Nullable Found find(Place place) {
    lock.lock();
    try {
      return byPlace.get(place);
    } finally {
      lock.unlock();
    }
  }

  void keep(Place place, Found found) {
    lock.lock();
    try {
      Found before = byPlace.put(place, found);
      bytes += found.bytes() - (before == null ? -PLACE_BYTES : before.bytes());
      var eldest = byPlace.entrySet().iterator();
      while (bytes > BYTES_MAX) {
        bytes -= eldest.next().getValue().bytes() + PLACE_BYTES;
        eldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  /// The bytes that are remembered.
  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }
}
