package dev.pintle.kube.outbound;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.metrics.MetricsText;
import dev.pintle.kube.metrics.MetricsText.Label;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonSize;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.outbound.AskedServers.AskedServer;
import dev.pintle.kube.outbound.OutboundTarget.Peer;
import dev.pintle.kube.outbound.OutboundTarget.Place;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The client for HTTP/1.1 over TLS by which the server asks others. A call waits: for its turn in the budget of all calls, for the name
/// to be found, for the server; together no longer than it may.
public final class OutboundClient implements AutoCloseable {
  /// How many bytes are held for one of an answer that is being taken apart.
  private static final long TREE_FACTOR = 8;

  private static final int PLACES_MAX = 3;

  private final OutboundLimits limits;
  private final ScheduledExecutorService timers;
  private final OutboundBudget budget;
  private final HostLookup lookup;
  private final IdleConnections idle;
  private final Future<?> sweeping;
  private final Set<CallDeadline> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private final ServerTrusts trusts = new ServerTrusts();
  private final AskedServers servers;

  /// @param timers end what takes too long; what they run takes no time
  public OutboundClient(OutboundLimits limits, ScheduledExecutorService timers) {
    this(limits, timers, InetAddress::getAllByName);
  }

  OutboundClient(
      OutboundLimits limits, ScheduledExecutorService timers, HostLookup.Resolver resolver) {
    this.limits = limits;
    this.timers = timers;
    this.budget = new OutboundBudget(limits);
    this.servers = new AskedServers(limits.callsMax());
    this.lookup = new HostLookup(resolver);
    this.idle = new IdleConnections(limits);
    long every = limits.idle().toNanos() / 2;
    this.sweeping = timers.scheduleWithFixedDelay(idle::sweep, every, every, TimeUnit.NANOSECONDS);
  }

  /// The authorities of a bundle.
  ///
  /// @param bundle PEM; empty for the system's
  ServerTrust trust(Bytes bundle) throws OutboundException {
    return trusts.of(bundle);
  }

  /// A reader of an answer, which reads while the call still has its share.
  @FunctionalInterface
  interface Reading<T> {
    /// @throws OutboundException of the answer, which does not name the call
    T of(OutboundReply reply) throws OutboundException;
  }

  /// Posts JSON and waits for the answer. Nothing of either is in memory without a share of what all calls may hold.
  ///
  /// @param answerBytesMax where that is less than any answer may have
  /// @param allowed what the server is given
  /// @param left what the caller has, where that is less
  /// @throws OutboundException which names the call, but for what `reading` throws
  <T> T post(
      OutboundTarget target,
      JsonObject body,
      int answerBytesMax,
      Duration allowed,
      Duration left,
      Reading<T> reading)
      throws OutboundException {
    long nanos = Math.min(allowed.toNanos(), left.toNanos());
    AskedServer server = servers.of(target);
    if (!target.insisting() && !server.breaker().tryEnter(System.nanoTime())) {
      throw OutboundException.because(
              "context deadline exceeded by the last %d calls: not asked again for a moment"
                  .formatted(CircuitBreaker.LATE_MAX))
          .of(target.request());
    }
    Asking asking = new Asking(nanos, nanos < allowed.toNanos());
    try {
      server.enter(nanos);
      try (OutboundBudget.Share share = budget.take(JsonSize.bytes(body), asking.leftNanos())) {
        asking.sent = true;
        long rest = asking.leftNanos();
        // Who stood in line for long gives the server little time.
        asking.hurried |= rest < nanos / 2;
        byte[] written = JsonWriter.bytes(body);
        OutboundReply reply =
            exchange(target, written, limits.withAnswers(answerBytesMax), share, rest);
        share.hold(written.length + TREE_FACTOR * reply.body().size());
        asking.answered = true;
        return reading.of(reply);
      } finally {
        server.leave();
      }
    } catch (OutboundException failed) {
      asking.late = failed.isLate();
      asking.sent &= !failed.isUnreached();
      throw asking.answered ? failed : failed.of(target.request());
    } finally {
      asking.tell(server.breaker());
    }
  }

  /// The progress of a call.
  private static final class Asking {
    private final long untilNanos;
    private boolean hurried;
    private boolean sent;
    private boolean answered;
    private boolean late;

    Asking(long nanos, boolean hurried) {
      this.untilNanos = System.nanoTime() + nanos;
      this.hurried = hurried;
    }

    long leftNanos() {
      return untilNanos - System.nanoTime();
    }

    /// What the call says of its server.
    void tell(CircuitBreaker breaker) {
      if (!sent || (late && hurried)) {
        breaker.left();
      } else {
        breaker.ended(late && !answered, System.nanoTime());
      }
    }
  }

  private OutboundReply exchange(
      OutboundTarget target,
      byte[] body,
      OutboundLimits own,
      OutboundBudget.Share share,
      long nanos)
      throws OutboundException {
    try (CallDeadline deadline = new CallDeadline(timers, nanos)) {
      underWay.add(deadline);
      try {
        if (closed) {
          deadline.pass();
        }
        return exchange(target, body, own, share, deadline);
      } finally {
        underWay.remove(deadline);
      }
    }
  }

  /// At the first place that a connection can be made to.
  private OutboundReply exchange(
      OutboundTarget target,
      byte[] body,
      OutboundLimits own,
      OutboundBudget.Share share,
      CallDeadline deadline)
      throws OutboundException {
    OutboundException last = OutboundException.because("no place to ask");
    int tried = 0;
    for (Place place : target.places()) {
      for (InetAddress address : found(place, deadline)) {
        if (tried++ == PLACES_MAX) {
          throw last;
        }
        Peer peer = target.at(new InetSocketAddress(address, place.port()));
        OutboundReply reply = byIdle(peer, target, body, own, share, deadline);
        if (reply != null) {
          return reply;
        }
        OutboundConnection fresh;
        try {
          fresh = OutboundConnection.open(peer, deadline);
        } catch (OutboundException failed) {
          if (failed.isLate()) {
            throw failed;
          }
          last = failed;
          continue;
        }
        return over(fresh, target, body, own, share, deadline);
      }
    }
    throw last;
  }

  private List<InetAddress> found(Place place, CallDeadline deadline) throws OutboundException {
    return lookup.find(place.host(), deadline.leftNanos());
  }

  /// By a connection that waits; null when there is none, or it had been closed.
  private @Nullable OutboundReply byIdle(
      Peer peer,
      OutboundTarget target,
      byte[] body,
      OutboundLimits own,
      OutboundBudget.Share share,
      CallDeadline deadline)
      throws OutboundException {
    OutboundConnection waiting = idle.take(peer);
    if (waiting == null) {
      return null;
    }
    try {
      return over(waiting, target, body, own, share, deadline);
    } catch (OutboundException failed) {
      // Servers close what waits for long; then nothing was read of the call.
      if (failed.isLate() || waiting.hasAnswered()) {
        throw failed;
      }
      return null;
    }
  }

  private OutboundReply over(
      OutboundConnection connection,
      OutboundTarget target,
      byte[] body,
      OutboundLimits own,
      OutboundBudget.Share share,
      CallDeadline deadline)
      throws OutboundException {
    boolean kept = false;
    try {
      OutboundReply reply = connection.exchange(target, body, own, share, deadline);
      kept = connection.isReusable();
      return reply;
    } finally {
      if (kept) {
        idle.give(connection);
      } else {
        connection.close();
      }
    }
  }

  /// In Prometheus' form.
  public String metrics() {
    Map<String, CircuitBreaker> known = servers.breakers();
    MetricsText text = new MetricsText();
    text.family(
        "pintle_outbound_breaker_open",
        "1 for a server that is not asked for a moment, since it did not answer in time again and again.",
        "gauge");
    known.forEach((target, breaker) ->
        text.sample("pintle_outbound_breaker_open", at(target), breaker.isOpen() ? 1 : 0));
    text.family(
        "pintle_outbound_shed_calls_total",
        "Calls that were not made because the breaker of their server was open.",
        "counter");
    known.forEach((target, breaker) ->
        text.sample("pintle_outbound_shed_calls_total", at(target), breaker.shed()));
    text.family("pintle_outbound_calls", "Calls that are under way.", "gauge");
    text.sample("pintle_outbound_calls", List.of(), (long) limits.callsMax() - budget.freeCalls());
    text.family(
        "pintle_outbound_idle_connections", "Connections that wait for another call.", "gauge");
    text.sample("pintle_outbound_idle_connections", List.of(), idle.size());
    return text.toString();
  }

  private static List<Label> at(String target) {
    return List.of(new Label("target", target));
  }

  /// Ends the calls that are under way, too: whoever stops waits for nobody else.
  @Override
  public void close() {
    closed = true;
    underWay.forEach(CallDeadline::pass);
    sweeping.cancel(false);
    idle.close();
    lookup.close();
  }
}
