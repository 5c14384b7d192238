package dev.pintle.kernel.watch;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The index of who wants to hear of which keys. Watchers of the same run share one entry; runs of one key are found by
/// hash, all others in an [IntervalTree]. Belongs to one thread; watchers are told apart by `equals`.
public final class WatcherIndex<W> {
  private final Map<Bytes, Set<W>> points = new HashMap<>();
  private final Map<KeyRange, Set<W>> ranges = new HashMap<>();
  private IntervalTree<Set<W>> tree = IntervalTree.empty();
  private int size;

  public int size() {
    return size;
  }

  public void add(KeyRange range, W watcher) {
    Set<W> watchers =
        range.isPoint()
            ? points.computeIfAbsent(range.from(), key -> new LinkedHashSet<>(2))
            : ranges.computeIfAbsent(range, this::newRange);
    size += watchers.add(watcher) ? 1 : 0;
  }

  private Set<W> newRange(KeyRange range) {
    Set<W> watchers = new LinkedHashSet<>(2);
    tree = tree.put(range, watchers);
    return watchers;
  }

  /// Removes a watcher added with the same `range`; false when there is none.
  public boolean remove(KeyRange range, W watcher) {
    Set<W> watchers = range.isPoint() ? points.get(range.from()) : ranges.get(range);
    if (watchers == null || !watchers.remove(watcher)) {
      return false;
    }
    size--;
    if (watchers.isEmpty()) {
      forget(range);
    }
    return true;
  }

  private void forget(KeyRange range) {
    if (range.isPoint()) {
      points.remove(range.from());
    } else {
      ranges.remove(range);
      tree = tree.remove(range);
    }
  }

  /// Visits everyone who watches `key`, in no particular but a repeatable order. The visitor must not add or remove.
  public void match(Bytes key, Consumer<? super W> visitor) {
    Set<W> watchers = points.get(key);
    if (watchers != null) {
      watchers.forEach(visitor);
    }
    tree.containing(key, all -> all.forEach(visitor));
  }
}
