package dev.pintle.kube.flowcontrol;

import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.Keys;
import dev.pintle.kube.store.ObjectView;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The average sizes of the objects of resources, from the first few of each, looked at anew when the store has changed a lot, and
/// sooner where there were few.
final class ObjectSizes {
  private static final int SAMPLES_MAX = 32;

  /// Revisions after which a sample is old.
  private static final long REVISIONS_MAX = 1_000;

  private final Map<String, Sample> samples = new ConcurrentHashMap<>();

  /// A look at the first objects of a resource.
  ///
  /// @param objects that were looked at
  private record Sample(long revision, long averageBytes, long objects) {
    /// The fewer there were, the more the next one tells.
    boolean isFresh(long now) {
      return now - revision < Math.clamp(objects * objects, 1, REVISIONS_MAX);
    }
  }

  /// In bytes; 0 when there are none.
  long average(ResourceType type, ObjectView view) {
    Sample known = samples.get(type.groupResource());
    if (known != null && known.isFresh(view.revision())) {
      return known.averageBytes();
    }
    long[] total = new long[2];
    view.scan(
        RangeRequest.of(Keys.range(type, "")),
        kv -> {
          total[0] += kv.value().size();
          return ++total[1] < SAMPLES_MAX;
        });
    long average = total[1] == 0 ? 0 : total[0] / total[1];
    samples.put(type.groupResource(), new Sample(view.revision(), average, total[1]));
    return average;
  }
}
