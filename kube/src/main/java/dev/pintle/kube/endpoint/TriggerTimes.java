package dev.pintle.kube.endpoint;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The times at which what the endpoints of a service follow from last changed: of its pods the readiness, of the service itself the
/// beginning. Of several changes since the last look the earliest counts. Thread-safe for different services.
final class TriggerTimes {
  /// The annotation of endpoints and slices that tells it.
  static final String ANNOTATION = "endpoints.kubernetes.io/last-change-trigger-time";

  /// Those of 32 bits reach to the year 2106.
  private static final long SECONDS_MAX = (1L << Integer.SIZE) - 1;

  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /// The times of one service and of its pods, in whole seconds: eight bytes a pod, since every service may have all pods of its
  /// namespace.
  private static final class Known {
    /// Before all times.
    private static final long NEVER = -1;

    private final long serviceSeconds;

    /// In order: the hash of a name above the seconds since 1970.
    private final long[] pods;

    private Known(long serviceSeconds, long[] pods) {
      this.serviceSeconds = serviceSeconds;
      this.pods = pods;
    }

    static Known of(@Nullable Instant created, List<ServicePod> pods) {
      long[] times = new long[pods.size()];
      int count = 0;
      for (ServicePod pod : pods) {
        Instant changed = instant(pod.readyChanged());
        if (changed != null) {
          times[count++] = (long) pod.name().hashCode() << Integer.SIZE | seconds(changed);
        }
      }
      long[] sorted = Arrays.copyOf(times, count);
      Arrays.sort(sorted);
      return new Known(created == null ? NEVER : seconds(created), sorted);
    }

    private static long seconds(Instant time) {
      return Math.clamp(time.getEpochSecond(), 0, SECONDS_MAX);
    }

    /// Whether a time is after the one that is known of a pod, if any is.
    boolean isLater(ServicePod pod, Instant time) {
      long hash = (long) pod.name().hashCode() << Integer.SIZE;
      int at = Arrays.binarySearch(pods, hash | seconds(time));
      int next = -at - 1;
      return at < 0 && (next == pods.length || (pods[next] & ~SECONDS_MAX) != hash);
    }
  }

  /// Empty when nothing changed, as far as can be seen.
  Optional<Instant> look(String key, SelectingService service, List<ServicePod> pods) {
    Instant created = instant(service.created());
    Known before = known.put(key, Known.of(created, pods));
    if (before == null) {
      return Optional.ofNullable(created);
    }
    Instant earliest =
        created != null && Known.seconds(created) > before.serviceSeconds ? created : null;
    for (ServicePod pod : pods) {
      Instant changed = instant(pod.readyChanged());
      boolean counts =
          changed != null
              && (earliest == null || changed.isBefore(earliest))
              && before.isLater(pod, changed);
      earliest = counts ? changed : earliest;
    }
    return Optional.ofNullable(earliest);
  }

  void forget(String key) {
    known.remove(key);
  }

  private static @Nullable Instant instant(String text) {
    if (text.isEmpty()) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException notATime) {
      return null;
    }
  }
}
