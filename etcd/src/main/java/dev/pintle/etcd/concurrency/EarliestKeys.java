package dev.pintle.etcd.concurrency;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeRequest.Content;
import dev.pintle.kernel.keyspace.RangeRequest.RevisionWindow;
import dev.pintle.kernel.keyspace.RangeRequest.Sort;
import dev.pintle.member.StoreView;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The keys of a prefix that were created first, so many of them at most, as a store had them and as they changed since. Keys that are
/// created later come behind all others, so that nothing has to be looked for again before those that are known are gone.
final class EarliestKeys {
  private final int keysMax;

  /// The create revision of each key that is known.
  private final Map<Bytes, Long> created = new HashMap<>();

  /// How many of the known keys were created at a revision.
  private final TreeMap<Long, Integer> revisions = new TreeMap<>();

  /// Whether there is no key beyond those that are known.
  private boolean complete;

  private EarliestKeys(int keysMax, boolean complete) {
    this.keysMax = keysMax;
    this.complete = complete;
  }

  /// Looks through all keys of `range`, without their values; takes as long as there are many.
  static EarliestKeys of(StoreView view, KeyRange range, int keysMax) {
    Comparator<Entry<Bytes, Long>> latestFirst = Entry.comparingByValue(Comparator.reverseOrder());
    PriorityQueue<Entry<Bytes, Long>> first = new PriorityQueue<>(latestFirst);
    boolean[] complete = {true};
    view.scan(
        keys(range),
        key -> {
          first.add(Map.entry(key.key(), key.createRevision()));
          if (first.size() > keysMax) {
            first.poll();
            complete[0] = false;
          }
          return true;
        });
    EarliestKeys keys = new EarliestKeys(keysMax, complete[0]);
    first.forEach(entry -> keys.add(entry.getKey(), entry.getValue()));
    return keys;
  }

  /// The key of `range` that was created first, and of several that were at one revision the least; null when there is none.
  static @Nullable KeyValue first(StoreView view, KeyRange range) {
    @Nullable KeyValue[] first = {null};
    view.scan(
        keys(range),
        key -> {
          KeyValue known = first[0];
          if (known == null || key.createRevision() < known.createRevision()) {
            first[0] = key;
          }
          return true;
        });
    return first[0];
  }

  private static RangeRequest keys(KeyRange range) {
    return new RangeRequest(
        range, 0, 0, Sort.BY_KEY, Content.KEYS_ONLY, RevisionWindow.ANY, RevisionWindow.ANY);
  }

  private void add(Bytes key, long createRevision) {
    created.put(key, createRevision);
    revisions.merge(createRevision, 1, Integer::sum);
  }

  /// A key was created, later than all that are known.
  void appeared(Bytes key, long createRevision) {
    if (complete && created.size() < keysMax) {
      add(key, createRevision);
    } else {
      complete = false;
    }
  }

  void disappeared(Bytes key) {
    Long at = created.remove(key);
    if (at != null) {
      revisions.computeIfPresent(at, (revision, count) -> count == 1 ? null : count - 1);
    }
  }

  /// Whether keys are left of which none is known: then they must be looked for anew.
  boolean isSpent() {
    return created.isEmpty() && !complete;
  }

  /// No key that is left was created before this revision; not to be asked when [#isSpent].
  long firstRevision() {
    return revisions.isEmpty() ? Long.MAX_VALUE : revisions.firstKey();
  }
}
