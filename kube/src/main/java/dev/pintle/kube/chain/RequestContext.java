package dev.pintle.kube.chain;

import dev.pintle.kube.encode.WarningHeaders;
import dev.pintle.kube.request.AdmissionNotes;
import dev.pintle.kube.request.OnBehalf;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.wire.Exchange;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The context of one request on its way through the stages: made once, at the outermost, and the same for all of them, so
/// that an outer stage sees in the end what the inner ones found out. A request is handled by one thread at a time. Thousands may wait, so
/// what most never need is made when it is asked for.
public final class RequestContext {
  private final Exchange exchange;
  private final RequestInfo info;
  private final Query query;
  private final Supplier<String> auditId;
  private final long arrivedEpochNanos;
  private @Nullable WarningHeaders warnings;
  private @Nullable AdmissionNotes notes;
  private volatile UserInfo authenticated = UserInfo.ANONYMOUS;
  private volatile UserInfo user = UserInfo.ANONYMOUS;
  private volatile String decision = "";
  private volatile long deadlineNanos;
  private volatile long limitedAtNanos;
  private volatile Runnable initialized = () -> {};

  /// @param auditId by which an audit knows the request
  public RequestContext(
      Exchange exchange, RequestInfo info, Query query, Supplier<String> auditId, Instant arrived) {
    this.exchange = exchange;
    this.info = info;
    this.query = query;
    this.auditId = auditId;
    this.arrivedEpochNanos = ChronoUnit.NANOS.between(Instant.EPOCH, arrived);
  }

  public Exchange exchange() {
    return exchange;
  }

  public RequestInfo info() {
    return info;
  }

  public Query query() {
    return query;
  }

  public String auditId() {
    return auditId.get();
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

  /// Why [Authorization] let the request through; empty before it has.
  public String decision() {
    return decision;
  }

  /// How long after its arrival the request must be over, in nanoseconds; 0 for no such limit.
  public long deadlineNanos() {
    return deadlineNanos;
  }

  private Duration left() {
    return deadlineNanos == 0
        ? OnBehalf.UNLIMITED
        : Duration.ofNanos(limitedAtNanos + deadlineNanos - System.nanoTime());
  }

  /// What is to be done once a watch has sent what was there at first.
  public Runnable initialized() {
    return initialized;
  }

  void limit(long nanos) {
    limitedAtNanos = System.nanoTime();
    deadlineNanos = nanos;
  }

  void whenInitialized(Runnable action) {
    initialized = action;
  }

  void authenticate(UserInfo sender) {
    authenticated = sender;
    user = sender;
  }

  void impersonate(UserInfo other) {
    user = other;
  }

  void decide(String reason) {
    decision = reason;
  }
}
