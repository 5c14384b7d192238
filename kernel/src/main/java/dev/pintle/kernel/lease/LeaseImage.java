package dev.pintle.kernel.lease;

import dev.pintle.kernel.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The leases at one moment: what was granted, and the keys that hang on each. Every change answers a new image.
public final class LeaseImage {
  public static final LeaseImage EMPTY = new LeaseImage(PersistentMap.empty());

  private final PersistentMap<Long, Granted> leases;

  private LeaseImage(PersistentMap<Long, Granted> leases) {
    this.leases = leases;
  }

  private record Granted(long ttlSeconds, PersistentMap<Bytes, Boolean> keys) {}

  public int size() {
    return leases.size();
  }

  public boolean contains(long id) {
    return leases.get(id) != null;
  }

  /// The time to live that the grant asked for.
  public Optional<Long> ttlSeconds(long id) {
    return Optional.ofNullable(leases.get(id)).map(Granted::ttlSeconds);
  }

  /// In rising order.
  public List<Long> ids() {
    List<Long> ids = new ArrayList<>(leases.size());
    leases.forEach((id, granted) -> ids.add(id));
    return ids;
  }

  /// The keys that hang on lease `id`, in their order; none for an unknown lease.
  public List<Bytes> keys(long id) {
    List<Bytes> keys = new ArrayList<>();
    Granted granted = leases.get(id);
    if (granted != null) {
      granted.keys.forEach((key, present) -> keys.add(key));
    }
    return keys;
  }

  /// How many keys hang on lease `id`; none on an unknown one.
  public int keyCount(long id) {
    Granted granted = leases.get(id);
    return granted == null ? 0 : granted.keys.size();
  }

  public LeaseImage grant(long id, long ttlSeconds) {
    return new LeaseImage(leases.put(id, new Granted(ttlSeconds, PersistentMap.empty())));
  }

  public LeaseImage revoke(long id) {
    return new LeaseImage(leases.remove(id));
  }

  /// Moves `key` from one lease to another; 0 stands for none, and a lease that is gone is passed over.
  public LeaseImage move(Bytes key, long from, long to) {
    if (from == to) {
      return this;
    }
    PersistentMap<Long, Granted> moved = leases;
    Granted old = from == 0 ? null : moved.get(from);
    if (old != null) {
      moved = moved.put(from, new Granted(old.ttlSeconds, old.keys.remove(key)));
    }
    Granted fresh = to == 0 ? null : moved.get(to);
    if (fresh != null) {
      moved = moved.put(to, new Granted(fresh.ttlSeconds, fresh.keys.put(key, true)));
    }
    return new LeaseImage(moved);
  }
}
