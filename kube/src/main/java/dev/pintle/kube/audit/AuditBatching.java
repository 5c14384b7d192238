package dev.pintle.kube.audit;

import java.time.Duration;
import java.util.Locale;

/// The way in which events go to one place where they are written down: what waits, and what goes together. All but the mode is of
/// [AuditMode#BATCH] alone.
///
/// @param bufferEvents how many events may wait, at least 1
/// @param eventsMax how many go together, at least 1
/// @param waitMax how long one waits for others, where more than one may go together
/// @param throttled whether batches are held to the rate below
/// @param perSecond batches on the average
/// @param burst batches at once, when there were few before
public record AuditBatching(
    AuditMode mode,
    int bufferEvents,
    int eventsMax,
    Duration waitMax,
    boolean throttled,
    float perSecond,
    int burst) {
  public static final AuditBatching OF_LOG =
      new AuditBatching(AuditMode.BLOCKING, 10_000, 1, Duration.ZERO, false, 0, 0);
  public static final AuditBatching OF_WEBHOOK =
      new AuditBatching(AuditMode.BATCH, 10_000, 400, Duration.ofSeconds(30), true, 10, 15);

  /// The same.
  ///
  /// @param part `log` or `webhook`
  /// @throws IllegalArgumentException when a number is none that there can be, in upstream's words
  AuditBatching checked(String part) {
    if (mode == AuditMode.BATCH) {
      require(bufferEvents > 0, part, "buffer size " + bufferEvents);
      require(eventsMax > 0, part, "max batch size " + eventsMax);
      if (throttled) {
        require(perSecond > 0, part, "throttle QPS " + number());
        require(burst > 0, part, "throttle burst " + burst);
      }
    }
    return this;
  }

  private static void require(boolean holds, String part, String what) {
    if (!holds) {
      throw new IllegalArgumentException(
          "invalid audit batch %s %s, must be a positive number".formatted(part, what));
    }
  }

  /// [#perSecond] without zeros that say nothing.
  public String number() {
    return perSecond == Math.rint(perSecond) && Math.abs(perSecond) < 1e9
        ? String.format(Locale.ROOT, "%.0f", perSecond)
        : Float.toString(perSecond);
  }

  /// Whether a batch waits for more events.
  boolean waits() {
    return mode == AuditMode.BATCH && eventsMax > 1 && waitMax.isPositive();
  }
}
