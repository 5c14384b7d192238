package dev.pintle.kube.verb;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.DeleteOptions;
import dev.pintle.kube.schema.ResourceType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The grace period of a deletion. Only pods have one.
final class PodGracePeriod {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private static final long POD_SECONDS_DEFAULT = 30;

  private PodGracePeriod() {}

  enum Decision {
    /// No time is given.
    IMMEDIATE,
    /// The object was marked: it is to be written, not removed.
    MARKED,
    /// The object was marked with no time left: it is to be written, then removed unless finalizers hold it.
    ENDING,
    /// It is marked already, and nothing changes.
    PENDING
  }

  static Decision decide(ResourceType type, JsonObject object, DeleteOptions options, Instant now) {
    if (!type.groupResource().equals("pods")) {
      return Decision.IMMEDIATE;
    }
    if (Metadata.isBeingDeleted(object)) {
      return shorten(object, options, now);
    }
    long seconds = seconds(object, options.graceSeconds());
    mark(object, after(now, seconds), seconds);
    Metadata.grow(object);
    return seconds == 0 ? Decision.ENDING : Decision.MARKED;
  }

  /// Upstream counts in nanoseconds of 64 bits, which a long time goes round.
  private static Instant after(Instant time, long seconds) {
    return time.plusNanos(seconds * NANOS_PER_SECOND);
  }

  private static Decision shorten(JsonObject object, DeleteOptions options, Instant now) {
    Long before = Metadata.gracePeriod(object);
    if (before == null || before == 0) {
      return Decision.IMMEDIATE;
    }
    Long wanted = options.graceSeconds();
    if (wanted == null || wanted >= before) {
      return Decision.PENDING;
    }
    Instant began = after(Instant.parse(Metadata.text(object, "deletionTimestamp")), -before);
    Instant end = after(began, wanted);
    if (!end.isBefore(now)) {
      mark(object, end, wanted);
    } else {
      // The time is over, but whoever ends the object should see that it is asked to.
      mark(object, now, wanted == 0 ? 0 : 1);
    }
    Long left = Metadata.gracePeriod(object);
    return left != null && left == 0 ? Decision.ENDING : Decision.MARKED;
  }

  private static long seconds(JsonObject pod, @Nullable Long asked) {
    JsonObject spec = pod.objectAt("spec");
    long own =
        spec.get("terminationGracePeriodSeconds") instanceof Json.Whole(var number)
            ? number
            : POD_SECONDS_DEFAULT;
    long seconds = asked != null ? asked : own;
    String node = spec.text("nodeName");
    JsonObject status = pod.object("status");
    String phase = status == null ? null : status.text("phase");
    boolean ended = "Failed".equals(phase) || "Succeeded".equals(phase);
    if (node == null || node.isEmpty() || ended) {
      return 0;
    }
    // As upstream: less than no time is the least time there is.
    return seconds < 0 ? 1 : seconds;
  }

  private static void mark(JsonObject object, Instant end, long seconds) {
    JsonObject metadata = Metadata.of(object);
    metadata.set("deletionTimestamp", Metadata.time(end));
    metadata.set("deletionGracePeriodSeconds", Json.of(seconds));
  }
}
