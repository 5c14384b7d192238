package dev.pintle.kube.request;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The notes of admission on a request, beside its verdict: warnings for who sent it, and annotations of its audit record; and how long
/// it may still take. Of one thread at a time, but for what is asked.
public final class AdmissionNotes {
  /// Of a request of the server itself: what one of a client has at most.
  private static final Duration OF_SERVER = Duration.ofSeconds(60);

  /// What the annotations of one request may have in all; more is left out.
  private static final int ANNOTATION_CHARS_MAX = 64 << 10;

  private final Consumer<String> warnings;
  private final Supplier<Duration> left;

  /// Whoever ends a request reads them while it is still worked on.
  private final Map<String, String> annotations = new ConcurrentSkipListMap<>();

  private int chars;

  private final AtomicInteger asked = new AtomicInteger();
  private boolean judged;
  private @Nullable RequestRecord record;

  /// @param warnings takes what the person who sent the request should know
  /// @param left what the request has of its time
  public AdmissionNotes(Consumer<String> warnings, Supplier<Duration> left) {
    this.warnings = warnings;
    this.left = left;
  }

  /// Those that nobody reads, as on a request of the server itself.
  public static AdmissionNotes unread() {
    return within(OF_SERVER);
  }

  /// Those that nobody reads, of a request that has this time from now on.
  public static AdmissionNotes within(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    return new AdmissionNotes(_ -> {}, () -> Duration.ofNanos(until - System.nanoTime()));
  }

  /// What the request has of its time; not more than none once it is over.
  public Duration left() {
    return left.get();
  }

  /// Notes that somebody else is asked about the request, which may take long, and may have effects.
  public void asking() {
    asked.incrementAndGet();
  }

  /// How many were asked.
  public int asked() {
    return asked.get();
  }

  public void warn(String text) {
    warnings.accept(text);
  }

  /// Adds an annotation to the audit record. The first value of a key stays, as upstream's does; what does
  /// not fit is left out.
  ///
  /// @param key with the domain of who sets it, such as `pod-security.kubernetes.io/enforce-policy`
  public void annotate(String key, String value) {
    long more = (long) key.length() + value.length();
    if (chars + more <= ANNOTATION_CHARS_MAX && annotations.putIfAbsent(key, value) == null) {
      chars += (int) more;
    }
  }

  /// As [#annotate], where the audit record has what was sent, too.
  public void annotateSent(String key, String value) {
    RequestRecord known = record;
    if (known == null || known.takesSent()) {
      annotate(key, value);
    }
  }

  /// Says that an audit has looked at the request.
  ///
  /// @param kept its record; null where nothing is written down
  public void judged(@Nullable RequestRecord kept) {
    judged = true;
    record = kept;
  }

  public boolean isJudged() {
    return judged;
  }

  /// The record that an audit keeps of the request; null where nothing is written down.
  public @Nullable RequestRecord record() {
    return record;
  }

  public Map<String, String> annotations() {
    return Collections.unmodifiableMap(annotations);
  }
}
