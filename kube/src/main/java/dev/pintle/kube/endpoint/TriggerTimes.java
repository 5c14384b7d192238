package dev.pintle.kube.endpoint;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HashMap;
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

  /// No pod's name.
  private static final String SERVICE = "";

  private final Map<String, Map<String, Instant>> known = new ConcurrentHashMap<>();

  /// Empty when nothing changed, as far as can be seen.
  Optional<Instant> look(String key, SelectingService service, List<ServicePod> pods) {
    Instant created = instant(service.created());
    Map<String, Instant> now = new HashMap<>();
    Map<String, Instant> before = known.get(key);
    note(now, SERVICE, created);
    pods.forEach(pod -> note(now, pod.name(), instant(pod.readyChanged())));
    known.put(key, now);
    if (before == null) {
      return Optional.ofNullable(created);
    }
    return now.entrySet().stream()
        .filter(each -> isLater(each.getValue(), before.get(each.getKey())))
        .map(Map.Entry::getValue)
        .min(Comparator.naturalOrder());
  }

  private static void note(Map<String, Instant> times, String name, @Nullable Instant time) {
    if (time != null) {
      times.put(name, time);
    }
  }

  private static boolean isLater(Instant time, @Nullable Instant before) {
    return before == null || time.isAfter(before);
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
