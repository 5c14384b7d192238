package dev.pintle.kube.store;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.schema.ResourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/// The keys of the objects of one range, found by words that each of them has. It is brought up to the store when it is asked: the first time
/// that costs a walk through the range, and then what changed since. Objects without words cost no memory. For any thread.
public final class ObjectIndex {
  private final ResourceType type;
  private final KeyRange range;
  private final Function<StoredObject, ? extends Collection<String>> words;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by `lock`.
  private final Map<String, TreeSet<Bytes>> keysByWord = new HashMap<>();
  private final Map<Bytes, List<String>> wordsByKey = new HashMap<>();
  private long revision;

  /// @param words those of an object, which depend on nothing else
  public ObjectIndex(
      ResourceType type,
      KeyRange range,
      Function<StoredObject, ? extends Collection<String>> words) {
    this.type = type;
    this.range = range;
    this.words = words;
  }

  /// The keys of the objects that have this word at the view's revision or later, in order.
  public List<Bytes> keys(String word, ObjectView view) {
    lock.lock();
    try {
      follow(view);
      TreeSet<Bytes> found = keysByWord.get(word);
      return found == null ? List.of() : List.copyOf(found);
    } finally {
      lock.unlock();
    }
  }

  /// Visits the objects that have this word at the view's revision, in the order of their keys.
  public void each(String word, ObjectView view, Consumer<StoredObject> visitor) {
    for (Bytes key : keys(word, view)) {
      for (KeyValue now : view.range(RangeRequest.of(KeyRange.point(key))).entries()) {
        StoredObject object = view.read(type, now);
        // Others may have brought the index up to a later revision.
        if (words.apply(object).contains(word)) {
          visitor.accept(object);
        }
      }
    }
  }

  /// How many objects it knows that have words.
  public int size() {
    lock.lock();
    try {
      return wordsByKey.size();
    } finally {
      lock.unlock();
    }
  }

  private void follow(ObjectView view) {
    if (view.revision() <= revision) {
      return;
    }
    if (revision == 0 || view.compactedRevision() > revision) {
      keysByWord.clear();
      wordsByKey.clear();
      view.each(type, range, this::put);
    } else {
      List<Bytes> changed = new ArrayList<>(0);
      view.changedKeys(range, revision, changed::add);
      for (Bytes key : changed) {
        remove(key);
        for (KeyValue now : view.range(RangeRequest.of(KeyRange.point(key))).entries()) {
          put(view.read(type, now));
        }
      }
    }
    revision = view.revision();
  }

  private void put(StoredObject object) {
    List<String> own = List.copyOf(words.apply(object));
    if (!own.isEmpty()) {
      wordsByKey.put(object.key(), own);
      own.forEach(word -> keysByWord.computeIfAbsent(word, _ -> new TreeSet<>()).add(object.key()));
    }
  }

  private void remove(Bytes key) {
    List<String> own = wordsByKey.remove(key);
    if (own == null) {
      return;
    }
    for (String word : own) {
      keysByWord.computeIfPresent(
          word,
          (_, keys) -> {
            keys.remove(key);
            return keys.isEmpty() ? null : keys;
          });
    }
  }
}
