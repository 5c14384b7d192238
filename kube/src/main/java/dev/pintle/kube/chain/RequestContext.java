package dev.pintle.kube.chain;

import dev.pintle.kube.encode.WarningHeaders;
import dev.pintle.kube.metrics.RequestMetrics;
import dev.pintle.kube.request.AdmissionNotes;
import dev.pintle.kube.request.OnBehalf;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.RequestRecord;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.wire.AnswerHeaders;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.FixedHeaders;
import dev.pintle.wire.ResponseHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/// The context of one request on its way through the stages: made once, at the outermost, and the same for all of them, so
/// that an outer stage sees in the end what the inner ones found out. A request is handled by one thread at a time.
///
/// Thousands may wait, so that it is one object for all that lasts as long as the request does: its deadline, how it is counted, its
/// headers of the answer; and what most never need, or not while they wait, is made when it is asked for.
public final class RequestContext extends DeadlineHeap.Deadline implements AnswerHeaders {
  private static final String AUDIT_ID = "audit-id";
  private static final AtomicReferenceFieldUpdater<RequestContext, @Nullable String> AUDIT =
      AtomicReferenceFieldUpdater.newUpdater(RequestContext.class, String.class, "auditId");

  private final Exchange exchange;
  private @Nullable RequestInfo info;
  private @Nullable Query query;
  private volatile @Nullable String auditId;
  private final RequestMetrics.@Nullable Running running;
  private final long arrivedEpochNanos;
  private final long startedNanos = System.nanoTime();
  private @Nullable WarningHeaders warnings;
  private @Nullable AdmissionNotes notes;
  private @Nullable FixedHeaders told;
  private volatile UserInfo authenticated = UserInfo.ANONYMOUS;
  private volatile UserInfo user = UserInfo.ANONYMOUS;
  private volatile long deadlineNanos;
  private volatile @Nullable LevelTurn turn;

  /// @param info and `query` as they are read of the head of the request
  /// @param running the count of such requests on their way, in which it counts already; null where nobody counts
  public RequestContext(
      Exchange exchange,
      RequestInfo info,
      Query query,
      RequestMetrics.@Nullable Running running,
      Instant arrived) {
    this.exchange = exchange;
    this.info = info;
    this.query = query;
    this.running = running;
    this.arrivedEpochNanos = ChronoUnit.NANOS.between(Instant.EPOCH, arrived);
  }

  public Exchange exchange() {
    return exchange;
  }

  public RequestInfo info() {
    RequestInfo known = info;
    if (known == null) {
      known = RequestInfo.parse(method(), exchange.head().path(), query());
      info = known;
    }
    return known;
  }

  public Query query() {
    Query known = query;
    if (known == null) {
      known = Query.parse(exchange.head().query());
      query = known;
    }
    return known;
  }

  /// Asks otherwise than the head of the request does, from here on; the target stays.
  public void ask(Query other) {
    query = other;
  }

  /// What is asked for, told to somebody else than who handles the request: what is not kept is not kept for them.
  RequestInfo infoForOthers() {
    RequestInfo known = info;
    if (known != null) {
      return known;
    }
    Query asked = Query.parse(exchange.head().query());
    return RequestInfo.parse(method(), exchange.head().path(), asked);
  }

  /// Keeps nothing of what can be read of the head of the request again, while it waits.
  void forgetTarget() {
    info = null;
    query = null;
  }

  /// By which an audit knows the request: what its client calls it, or else a random UUID.
  public String auditId() {
    String known = auditId;
    if (known == null) {
      String given = header(AUDIT_ID);
      String named = given.isEmpty() ? AuditId.random() : given;
      // Whoever answers in another's place may ask at the same time.
      known = AUDIT.compareAndSet(this, null, named) ? named : Objects.requireNonNull(auditId);
    }
    return known;
  }

  @Override
  public void addTo(ResponseHeaders headers) {
    headers.add(AUDIT_ID, auditId());
    FixedHeaders more = told;
    if (more != null) {
      headers.add(more);
    }
  }

  /// Adds headers to the answer, which the caller gives at once, on the connection's event loop.
  void tell(FixedHeaders more) {
    told = more;
  }

  @Override
  public void ended(int status, long bytes) {
    super.ended(status, bytes);
    if (running != null) {
      running.ended(status, System.nanoTime() - startedNanos);
    }
    LevelTurn taken = turn;
    if (taken != null) {
      taken.over();
    }
  }

  @Override
  void late() {
    RequestDeadline.expire(exchange);
  }

  public Instant arrived() {
    return Instant.EPOCH.plusNanos(arrivedEpochNanos);
  }

  /// What the answer, whichever it is, tells beside itself.
  public WarningHeaders warnings() {
    WarningHeaders made = warnings;
    if (made == null) {
      made = new WarningHeaders();
      warnings = made;
    }
    return made;
  }

  /// What admission tells beside its verdict.
  public AdmissionNotes notes() {
    AdmissionNotes made = notes;
    if (made == null) {
      made = new AdmissionNotes(warnings(), this::left);
      notes = made;
    }
    return made;
  }

  /// The record that an audit keeps of it; null where nothing is written down.
  public @Nullable RequestRecord record() {
    AdmissionNotes made = notes;
    return made == null ? null : made.record();
  }

  /// Whether an audit has looked at it.
  boolean isJudged() {
    AdmissionNotes made = notes;
    return made != null && made.isJudged();
  }

  /// Adds an annotation to the audit record, where there is one.
  void annotate(String key, String value) {
    if (record() != null) {
      notes().annotate(key, value);
    }
  }

  public String method() {
    return exchange.head().method();
  }

  /// The first value of a header of the request; empty when there is none.
  public String header(String name) {
    return exchange.head().header(name).orElse("");
  }

  /// Where the client reached the server, `host:port`.
  public String host() {
    String host = header("host");
    return host.isEmpty() ? "localhost" : host;
  }

  /// As whom the request acts: who sent it, or whom they impersonate; anonymous until [Authentication] has asked.
  public UserInfo user() {
    return user;
  }

  /// Who sent the request, whomever it acts as.
  public UserInfo authenticated() {
    return authenticated;
  }

  /// How long after its arrival the request must be over, in nanoseconds; 0 for no such limit.
  public long deadlineNanos() {
    return deadlineNanos;
  }

  private Duration left() {
    return deadlineNanos == 0
        ? OnBehalf.UNLIMITED
        : Duration.ofNanos(startedNanos + deadlineNanos - System.nanoTime());
  }

  /// The turn of a request at its priority level.
  interface LevelTurn {
    /// The watch has sent what was there at first.
    void initialized();

    /// The request is over; told once or twice.
    void over();
  }

  /// To be called once a watch has sent what was there at first.
  public void initialized() {
    LevelTurn taken = turn;
    if (taken != null) {
      taken.initialized();
    }
  }

  void limit(long nanos) {
    deadlineNanos = nanos;
  }

  /// Tells `taken` when the request is over, at once when it is already.
  void take(LevelTurn taken) {
    turn = taken;
    if (isOver()) {
      taken.over();
    }
  }

  void authenticate(UserInfo sender) {
    authenticated = sender;
    user = sender;
  }

  void impersonate(UserInfo other) {
    user = other;
  }
}
