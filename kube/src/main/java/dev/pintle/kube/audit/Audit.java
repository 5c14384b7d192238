package dev.pintle.kube.audit;

import dev.pintle.kube.outbound.KubeconfigServer;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.RequestRecord;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.wire.Exchange;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The audit of a server: its policy, and the places where it is written. There is none where nothing is to be written down.
public final class Audit implements AutoCloseable {
  /// What is kept of an answer that is sent in pieces; the answer of a longer one is left out of the event.
  static final long PIECES_BYTES_MAX = 1 << 20;

  /// What is kept of all such answers together; beyond it they are left out.
  private static final long ALL_PIECES_BYTES_MAX = 32 << 20;

  /// How long a request waits for a log that is behind before it is refused.
  private static final Duration WAIT_MAX = Duration.ofSeconds(60);

  private static final Duration CLOSING_MAX = Duration.ofSeconds(5);

  private final AuditPolicy policy;
  private final List<AuditSink> sinks;
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
    this(
        policy,
        clock,
        new AuditMetrics(),
        metrics -> List.of(new AuditLog(settings, output, metrics)));
  }

  private Audit(
      AuditPolicy policy,
      Clock clock,
      AuditMetrics metrics,
      Function<AuditMetrics, List<AuditSink>> sinks) {
    this.policy = policy;
    this.metrics = metrics;
    this.clock = clock;
    this.sinks = List.copyOf(sinks.apply(metrics));
  }

  /// Opens the file that the settings of the log name, if any, and begins to post to the server that those of the webhook name, if any.
  ///
  /// @throws IOException when the file cannot be written, with what is wrong with it
  public static Audit open(AuditPolicy policy, AuditLogSettings log, AuditWebhookSettings webhook)
      throws IOException {
    AuditOutput output = log.path().isEmpty() ? null : output(log);
    return new Audit(
        policy,
        Clock.systemUTC(),
        new AuditMetrics(),
        metrics -> {
          List<AuditSink> sinks = new ArrayList<>(2);
          if (output != null) {
            sinks.add(new AuditLog(log, output, metrics));
          }
          KubeconfigServer server = webhook.server();
          if (server != null) {
            sinks.add(new AuditWebhook(webhook, server, metrics, new SplittableRandom()));
          }
          return sinks;
        });
  }

  private static AuditOutput output(AuditLogSettings log) throws IOException {
    return log.path().equals(StandardOutput.PATH)
        ? new StandardOutput()
        : AuditFile.open(log.path(), log.files(), Clock.systemUTC());
  }

  /// Whether anything of a request is written down.
  public boolean isAbout(UserInfo user, RequestInfo target) {
    return policy.judge(user, target).counts();
  }

  /// Counts a request of which nothing is written down.
  public void countUnaudited() {
    metrics.level(AuditLevel.NONE);
  }

  /// Begins the record of a request; null where nothing of it is written down. Waits while what is to be written is behind.
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
    if (!hasRoom(nanos) || !isReceived(record, nanos)) {
      metrics.rejected();
      throw new AuditRefusal();
    }
    arrival.exchange().onEnd(record);
    return record;
  }

  private boolean hasRoom(long nanos) {
    long until = System.nanoTime() + nanos;
    return sinks.stream().allMatch(sink -> sink.awaitRoom(left(until)));
  }

  /// Each place is told, whatever becomes of it elsewhere.
  private boolean isReceived(AuditRecord record, long nanos) {
    if (record.verdict().omitted().contains(AuditStage.REQUEST_RECEIVED)) {
      return true;
    }
    metrics.event();
    AuditEvent event = record.received();
    long until = System.nanoTime() + nanos;
    boolean received = true;
    for (AuditSink sink : sinks) {
      received &= sink.arrived(event, left(until));
    }
    return received;
  }

  private static long left(long untilNanos) {
    return Math.max(1, untilNanos - System.nanoTime());
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
    sinks.forEach(sink -> sink.take(event));
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
    sinks.forEach(AuditSink::stop);
    long until = System.nanoTime() + CLOSING_MAX.toNanos();
    sinks.forEach(sink -> sink.finish(until));
  }
}
