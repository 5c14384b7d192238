package dev.pintle.kube.outbound;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.metrics.MetricsText;
import dev.pintle.kube.metrics.MetricsText.Label;
import dev.pintle.kube.outbound.AskedServers.AskedServer;
import dev.pintle.kube.outbound.OutboundTarget.Peer;
import dev.pintle.kube.outbound.OutboundTarget.Place;
import dev.pintle.kube.request.OnBehalf;
import dev.pintle.kube.worker.FairExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The client for HTTP/1.1 over TLS by which the server asks others. A call waits: for its turn in the budget of all calls, for the name
/// to be found, for the server; together no longer than it may.
public final class OutboundClient implements AutoCloseable {
  /// How many bytes are held for one of an answer that is being taken apart.
  private static final long TREE_FACTOR = 8;

  private static final int PLACES_MAX = 3;

  private final OutboundLimits limits;
  private final ScheduledExecutorService timers;
  private final FairExecutor turns;
  private final OutboundBudget budget;
  private final HostLookup lookup;
  private final FailedPlaces failures;
  private final IdleConnections idle;
  private final Future<?> sweeping;
  private final Set<CallDeadline> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private final ServerTrusts trusts = new ServerTrusts();
  private final AskedServers servers;

  /// @param timers end what takes too long; what they run takes no time
  /// @param turns where what is sent is written, and answers are read, of those clients whose calls they are
  public OutboundClient(
      OutboundLimits limits, ScheduledExecutorService timers, FairExecutor turns) {
    this(limits, timers, turns, InetAddress::getAllByName, System::nanoTime);
  }

  OutboundClient(
      OutboundLimits limits,
      ScheduledExecutorService timers,
      FairExecutor turns,
      HostLookup.Resolver resolver,
      LongSupplier nanoTime) {
    this.limits = limits;
    this.timers = timers;
    this.turns = turns;
    this.budget = new OutboundBudget(limits);
    this.servers = new AskedServers(budget::isIdle);
    this.lookup = new HostLookup(resolver);
    this.failures = new FailedPlaces(nanoTime);
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

  /// Waits for room for what several calls will send, on behalf of the client that this thread works for.
  ///
  /// @param time that the caller has
  OutboundRoom room(long bytes, Duration time) throws OutboundException {
    return budget.room(OnBehalf.client(), bytes, time.toNanos());
  }

  /// Posts JSON and waits for the answer, on behalf of the client that this thread works for: what grows with either is done in its turn.
  /// Nothing of them is in memory without a share of what all calls may hold.
  ///
  /// @param answerBytesMax where that is less than any answer may have
  /// @param allowed what the server is given
  /// @param left what the caller has, where that is less
  /// @throws OutboundException which names the call, but for what `reading` throws
  /// @throws dev.pintle.kube.status.StatusError 429 where too many calls of others wait already
  <T> T post(
      OutboundTarget target,
      OutboundBody body,
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
    Asking asking = new Asking(server, target, answerBytesMax, nanos, nanos < allowed.toNanos());
    try {
      return asking.post(body, reading);
    } catch (OutboundException failed) {
      asking.late = failed.isLate();
      asking.sent &= !failed.isUnreached();
      throw asking.answered ? failed : failed.of(target.request());
    } finally {
      asking.tell();
    }
  }

  /// One call, and its progress.
  private final class Asking {
    private final AskedServer server;
    private final OutboundTarget target;
    private final OutboundLimits own;
    private final long nanos;
    private final long untilNanos;
    private boolean hurried;
    private boolean sent;
    private boolean answered;
    private boolean late;

    Asking(
        AskedServer server,
        OutboundTarget target,
        int answerBytesMax,
        long nanos,
        boolean hurried) {
      this.server = server;
      this.target = target;
      this.own = limits.withAnswers(answerBytesMax);
      this.nanos = nanos;
      this.untilNanos = System.nanoTime() + nanos;
      this.hurried = hurried;
    }

    private long leftNanos() {
      return untilNanos - System.nanoTime();
    }

    <T> T post(OutboundBody body, Reading<T> reading) throws OutboundException {
      try (OutboundRoom answers = budget.answer(server.name())) {
        OutboundReply reply = reply(body, answers);
        long size = reply.body().size();
        try (OutboundRoom _ = budget.tree(OnBehalf.client(), TREE_FACTOR * size, leftNanos())) {
          answered = true;
          return got(turns.inTurn(size, () -> Tried.of(() -> reading.of(reply))));
        }
      }
    }

    private OutboundReply reply(OutboundBody body, OutboundRoom answers) throws OutboundException {
      long bytes = body.bytes();
      try (OutboundRoom room =
          bytes == 0 ? null : budget.room(OnBehalf.client(), bytes, leftNanos())) {
        List<byte[]> written = turns.inTurn(bytes, body::pieces);
        if (room != null && !room.tryHold(bytes(written))) {
          throw OutboundException.because("no room to send the review: other calls hold all of it");
        }
        budget.enter(server.name(), leftNanos());
        try {
          long rest = leftNanos();
          // Who stood in line for long gives the server little time.
          hurried |= rest < nanos / 2;
          return got(FairExecutor.away(() -> exchanged(written, answers, rest)));
        } finally {
          // To take the answer apart may have to wait for the client's turn, which is not the
          // server's doing.
          budget.leave(server.name());
        }
      }
    }

    private static long bytes(List<byte[]> pieces) {
      return pieces.stream().mapToLong(each -> each.length).sum();
    }

    private Tried<OutboundReply> exchanged(
        List<byte[]> written, OutboundRoom answers, long leftNanos) {
      sent = true;
      return Tried.of(() -> {
        try (CallDeadline deadline = new CallDeadline(timers, leftNanos)) {
          underWay.add(deadline);
          try {
            if (closed) {
              deadline.pass();
            }
            return exchange(written, answers, deadline);
          } finally {
            underWay.remove(deadline);
          }
        }
      });
    }

    /// At the first place that a connection can be made to.
    private OutboundReply exchange(List<byte[]> body, OutboundRoom answers, CallDeadline deadline)
        throws OutboundException {
      OutboundException last = OutboundException.because("no place to ask");
      int tried = 0;
      for (Place place : target.places()) {
        OutboundException before = justFailed(place);
        List<InetAddress> found = before == null ? found(place, deadline) : List.of();
        last = before == null ? last : before;
        for (InetAddress address : found) {
          Peer peer = target.at(new InetSocketAddress(address, place.port()));
          OutboundReply reply = byIdle(peer, body, answers, deadline);
          if (reply != null) {
            return reply;
          }
          Remembered end = new Remembered(peer, place.version());
          before = justFailed(end);
          if (before != null) {
            last = before;
            continue;
          }
          if (tried++ == PLACES_MAX) {
            throw last;
          }
          OutboundConnection fresh;
          try {
            fresh = OutboundConnection.open(peer, deadline);
          } catch (OutboundException failed) {
            if (failed.isLate()) {
              throw failed;
            }
            remember(end, failed);
            last = failed;
            continue;
          }
          failures.answered(end);
          return over(fresh, body, answers, deadline);
        }
      }
      if (tried == 0) {
        server.untried().increment();
      }
      throw last;
    }

    /// What was told of a place a moment ago. Who has to be asked is tried nevertheless.
    private @Nullable OutboundException justFailed(Object place) {
      return target.insisting() ? null : failures.of(place);
    }

    private void remember(Object place, OutboundException failed) {
      if (failed.isUnconnected()) {
        failures.failed(place, failed);
      }
    }

    private List<InetAddress> found(Place place, CallDeadline deadline) throws OutboundException {
      try {
        return lookup.find(place.host(), deadline.leftNanos());
      } catch (OutboundException failed) {
        remember(place, failed);
        throw failed;
      }
    }

    /// By a connection that waits; null when there is none, or it had been closed.
    private @Nullable OutboundReply byIdle(
        Peer peer, List<byte[]> body, OutboundRoom answers, CallDeadline deadline)
        throws OutboundException {
      OutboundConnection waiting = idle.take(peer);
      if (waiting == null) {
        return null;
      }
      try {
        return over(waiting, body, answers, deadline);
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
        List<byte[]> body,
        OutboundRoom answers,
        CallDeadline deadline)
        throws OutboundException {
      boolean kept = false;
      try {
        OutboundReply reply = connection.exchange(target, body, own, answers, deadline);
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

    /// What the call says of its server.
    void tell() {
      if (!sent || (late && hurried)) {
        server.breaker().left();
      } else {
        server.breaker().ended(late && !answered, System.nanoTime());
      }
    }
  }

  /// An end of connections, as it was named when it failed.
  private record Remembered(Peer peer, long version) {}

  /// The outcome of what may fail, on its way from one thread to another.
  private record Tried<T>(@Nullable T made, @Nullable OutboundException failed) {
    private interface Step<T> {
      T get() throws OutboundException;
    }

    static <T> Tried<T> of(Step<T> step) {
      try {
        return new Tried<>(step.get(), null);
      } catch (OutboundException failed) {
        return new Tried<>(null, failed);
      }
    }
  }

  private static <T> T got(Tried<T> tried) throws OutboundException {
    if (tried.failed() != null) {
      throw tried.failed();
    }
    return Objects.requireNonNull(tried.made());
  }

  /// In Prometheus' form.
  public String metrics() {
    Map<String, AskedServer> known = servers.all();
    MetricsText text = new MetricsText();
    text.family(
        "pintle_outbound_breaker_open",
        "1 for a server that is not asked for a moment, since it did not answer in time again and again.",
        "gauge");
    known.forEach((target, server) ->
        text.sample("pintle_outbound_breaker_open", at(target), server.breaker().isOpen() ? 1 : 0));
    text.family(
        "pintle_outbound_shed_calls_total",
        "Calls that were not made because the breaker of their server was open.",
        "counter");
    known.forEach((target, server) ->
        text.sample("pintle_outbound_shed_calls_total", at(target), server.breaker().shed()));
    text.family(
        "pintle_outbound_untried_calls_total",
        "Calls that were not tried because every place of their server had failed a moment before.",
        "counter");
    known.forEach((target, server) ->
        text.sample("pintle_outbound_untried_calls_total", at(target), server.untried().sum()));
    text.family("pintle_outbound_calls", "Calls that are under way.", "gauge");
    text.sample("pintle_outbound_calls", List.of(), budget.calls());
    text.family("pintle_outbound_bytes", "Bytes that calls hold in memory.", "gauge");
    text.sample("pintle_outbound_bytes", List.of(), budget.bytes());
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
