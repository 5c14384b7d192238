package dev.pintle.kube.audit;

import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.RequestRecord;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.wire.Exchange;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The audit of a server: its policy and its log. There is none where nothing is to be written down.
public final class Audit implements AutoCloseable {
  /// What is kept of an answer that is sent in pieces; the answer of a longer one is left out of the event.
  static final long PIECES_BYTES_MAX = 1 << 20;

  /// What is kept of all such answers together; beyond it they are left out.
  private static final long ALL_PIECES_BYTES_MAX = 32 << 20;

  /// How long a request waits for a log that is behind before it is refused.
  private static final Duration WAIT_MAX = Duration.ofSeconds(60);

  private final AuditPolicy policy;
  private final AuditLog log;
  private final AuditMetrics metrics;
  private final Clock clock;
  private final AtomicLong pieces = new AtomicLong();

  /// The origin of a request.
  ///
  /// @param user null where nobody knows who it is
  /// @param endless whether its answer has no end of its own
  /// @param annotations what the event has beside its fields, asked for at each
  public record Arrival(
      String auditId,
      Exchange exchange,
      RequestInfo target,
      @Nullable UserInfo user,
      Instant received,
      boolean endless,
      Supplier<Map<String, String>> annotations) {
    AuditHead head() {
      return AuditHead.of(auditId, exchange, target, user, received);
    }
  }

  /// @param output closed with the audit
  public Audit(AuditPolicy policy, AuditLogSettings settings, AuditOutput output, Clock clock) {
    this.policy = policy;
    this.metrics = new AuditMetrics();
    this.log = new AuditLog(settings, output, metrics);
    this.clock = clock;
  }

  /// Opens the file that the settings name.
  ///
  /// @throws IOException when it cannot be written, with what is wrong with it
  public static Audit open(AuditPolicy policy, AuditLogSettings settings) throws IOException {
    AuditOutput output =
        settings.path().equals(StandardOutput.PATH)
            ? new StandardOutput()
            : AuditFile.open(settings.path(), settings.files(), Clock.systemUTC());
    return new Audit(policy, settings, output, Clock.systemUTC());
  }

  /// Whether anything of a request is written down.
  public boolean isAbout(UserInfo user, RequestInfo target) {
    return policy.judge(user, target).counts();
  }

  /// Counts a request of which nothing is written down.
  public void countUnaudited() {
    metrics.level(AuditLevel.NONE);
  }

  /// Begins the record of a request; null where nothing of it is written down. Waits while the log is behind.
  ///
  /// @param left what the request has of its time
  /// @throws AuditRefusal when its arrival could not be written down, and may not go on without
  public @Nullable RequestRecord begin(Arrival arrival, Duration left) throws AuditRefusal {
    AuditVerdict verdict = judged(arrival);
    if (!verdict.counts()) {
      return null;
    }
    AuditRecord.Kind kind = arrival.endless() ? AuditRecord.Kind.ENDLESS : AuditRecord.Kind.USUAL;
    AuditRecord record = record(arrival, verdict, kind);
    long nanos = Math.max(1, (left.compareTo(WAIT_MAX) < 0 ? left : WAIT_MAX).toNanos());
    if (!log.awaitRoom(nanos) || !isReceived(record, nanos)) {
      metrics.rejected();
      throw new AuditRefusal();
    }
    arrival.exchange().onEnd(record);
    return record;
  }

  private boolean isReceived(AuditRecord record, long nanos) {
    if (record.verdict().omitted().contains(AuditStage.REQUEST_RECEIVED)) {
      return true;
    }
    if (log.mode() == AuditMode.BLOCKING_STRICT) {
      metrics.event();
      return log.write(record.received(), nanos);
    }
    emit(record.received());
    return true;
  }

  /// Begins the record of a request that is refused before anybody knows who sent it; null where nothing of it is written down.
  public @Nullable RequestRecord refused(Arrival arrival) {
    AuditVerdict verdict = judged(arrival);
    if (!verdict.counts()) {
      return null;
    }
    AuditRecord record = record(arrival, verdict, AuditRecord.Kind.REFUSED);
    arrival.exchange().onEnd(record);
    return record;
  }

  private AuditVerdict judged(Arrival arrival) {
    AuditVerdict verdict = policy.judge(arrival.user(), arrival.target());
    metrics.level(verdict.level());
    return verdict;
  }

  private AuditRecord record(Arrival arrival, AuditVerdict verdict, AuditRecord.Kind kind) {
    return new AuditRecord(
        this, verdict, arrival.head(), arrival.target(), kind, arrival.annotations());
  }

  void emit(AuditEvent event) {
    metrics.event();
    log.take(event);
  }

  Instant now() {
    return clock.instant();
  }

  /// Whether there is room for so much more of answers that are sent in pieces; it is taken then.
  boolean takeRoom(long bytes) {
    if (pieces.addAndGet(bytes) <= ALL_PIECES_BYTES_MAX) {
      return true;
    }
    pieces.addAndGet(-bytes);
    return false;
  }

  void giveBackRoom(long bytes) {
    pieces.addAndGet(-bytes);
  }

  /// The figures of a server without one: upstream shows them all the same.
  public static String metricsOfNone() {
    return new AuditMetrics().text();
  }

  /// Figures in Prometheus' text form.
  public String metrics() {
    return metrics.text();
  }

  /// Writes what waits, for some seconds at most.
  @Override
  public void close() {
    log.close();
  }
}
