package dev.pintle.kube.store;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.schema.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/// The things that are made of the objects of a collection: made once for each version of an object, and brought up to a view whenever it is asked
/// for, so that a request sees all that was acknowledged before it. What that costs grows with the objects that changed, not with how
/// many there are.
///
/// Thread-safe.
public final class DerivedObjects<T> {
  private final Supplier<ResourceType> type;
  private final String namespace;
  private final Function<? super StoredObject, ? extends T> made;
  private final ReentrantLock bringingUp = new ReentrantLock();
  private volatile Known<T> known = new Known<>(0, Map.of(), List.of());

  /// The things that were made as the store stood at a revision.
  ///
  /// @param revision up to which it knows the store
  /// @param inOrder of the keys
  private record Known<T>(long revision, Map<Bytes, T> byKey, List<T> inOrder) {}

  /// @param namespace empty for all
  /// @param made of an object; must not throw
  public DerivedObjects(
      Supplier<ResourceType> type,
      String namespace,
      Function<? super StoredObject, ? extends T> made) {
    this.type = type;
    this.namespace = namespace;
    this.made = made;
  }

  /// All, in the order of their objects' namespaces and names. Those of a later revision where another request has seen it.
  public List<T> of(ObjectView view) {
    Known<T> now = known;
    if (now.revision() >= view.revision()) {
      return now.inOrder();
    }
    bringingUp.lock();
    try {
      if (known.revision() < view.revision()) {
        known = next(known, view);
      }
      return known.inOrder();
    } finally {
      bringingUp.unlock();
    }
  }

  private Known<T> next(Known<T> before, ObjectView view) {
    // Deletions that compaction has forgotten cannot be followed.
    Known<T> base =
        view.compactedRevision() > before.revision() ? new Known<>(0, Map.of(), List.of()) : before;
    List<Bytes> changed = new ArrayList<>(0);
    view.changedKeys(Keys.range(type.get(), namespace), base.revision(), changed::add);
    if (changed.isEmpty()) {
      return new Known<>(view.revision(), base.byKey(), base.inOrder());
    }
    Map<Bytes, T> all = new TreeMap<>(base.byKey());
    for (Bytes key : changed) {
      List<KeyValue> found = view.range(RangeRequest.of(KeyRange.point(key))).entries();
      if (found.isEmpty()) {
        all.remove(key);
      } else {
        all.put(key, made.apply(view.read(type.get(), found.getFirst())));
      }
    }
    return new Known<>(view.revision(), all, List.copyOf(all.values()));
  }
}
