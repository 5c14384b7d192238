package dev.pintle.kube.quota;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The quotas that were read or written lately, by what the store holds for them: one that is charged by every write need not be read
/// anew each time. Thread-safe.
final class ParsedQuotas {
  private static final int KEPT_MAX = 128;
  private static final int VALUE_BYTES_MAX = 16 * 1024;

  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by `lock`.
  private final Map<Bytes, Quota> byValue =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, Quota> eldest) {
          return size() > KEPT_MAX;
        }
      };

  /// All of a namespace, in the order of their names.
  List<Quota> all(ResourceType type, String namespace, ObjectView view) {
    List<Quota> quotas = new ArrayList<>(0);
    for (KeyValue kv : view.range(RangeRequest.of(Keys.range(type, namespace))).entries()) {
      Quota known = find(kv.value());
      Quota quota = known == null ? Quota.of(kv.key(), view.read(type, kv).tree()) : known;
      if (known == null) {
        keep(kv.value(), quota);
      }
      quotas.add(quota.at(kv.modRevision()));
    }
    return quotas;
  }

  /// That with this value; null when it was not met lately.
  @Nullable Quota find(Bytes value) {
    lock.lock();
    try {
      return byValue.get(value);
    } finally {
      lock.unlock();
    }
  }

  void keep(Bytes value, Quota quota) {
    if (value.size() <= VALUE_BYTES_MAX) {
      lock.lock();
      try {
        byValue.put(value, quota);
      } finally {
        lock.unlock();
      }
    }
  }
}
