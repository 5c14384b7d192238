package dev.pintle.etcd.queuing;

import dev.pintle.etcd.message.MalformedMessage;
import dev.pintle.etcd.plan.PlannedLevel;
import dev.pintle.etcd.plan.PlannedRule;
import dev.pintle.etcd.plan.QueuedMethod;
import dev.pintle.etcd.plan.QueuingPlan;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.etcd.watch.CatchUpTurns;
import dev.pintle.kernel.flow.WorkEstimate;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.member.StoreView;
import dev.pintle.wire.GrpcRequest;
import dev.pintle.wire.GrpcService.Method;
import dev.pintle.wire.GrpcService.Streaming;
import dev.pintle.wire.GrpcService.Unary;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStream;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The gate before the methods of the API: puts each request in its class, and lets it go on once its level has seats for it.
public final class FairGate implements CatchUpTurns {
  /// Revisions that a watcher is told of for one seat: what they changed is looked through, whatever it asks for.
  private static final long REVISIONS_PER_SEAT = 10_000;

  private final Supplier<StoreView> view;
  private final List<RuleInForce> rules = new ArrayList<>();
  private final Map<String, SeatLevel> levels = new LinkedHashMap<>();
  private final RuleIndex index;
  private final Callers callers;

  /// A gate that knows clients by their certificates.
  ///
  /// @param view the newest state of the store
  public FairGate(QueuingPlan plan, QueuingClock clock, Supplier<StoreView> view) {
    this(plan, clock, view, _ -> null);
  }

  /// @param view the newest state of the store
  /// @param tokenUsers answers the user of a request's token, null where it has none that is believed
  public FairGate(
      QueuingPlan plan,
      QueuingClock clock,
      Supplier<StoreView> view,
      Function<GrpcRequest, @Nullable String> tokenUsers) {
    this.view = view;
    List<PlannedLevel> planned = new ArrayList<>(plan.levels());
    planned.add(PlannedLevel.EXEMPT);
    planned.add(PlannedLevel.CATCH_ALL);
    planned.forEach(
        level -> levels.put(level.name(), new SeatLevel(level, plan.waitSecondsMax(), clock)));
    List<PlannedRule> all = new ArrayList<>(plan.rules());
    all.add(PlannedRule.catchAll());
    for (PlannedRule rule : all) {
      SeatLevel level = levels.get(rule.level());
      if (level == null) {
        throw new IllegalArgumentException(
            "level: %s (expected: a level of the plan)".formatted(rule.level()));
      }
      rules.add(new RuleInForce(rules.size(), rule, level));
    }
    this.index = new RuleIndex(all);
    this.callers = new Callers(index, tokenUsers);
  }

  /// The methods with the gate before those that are queued. Watchers are made inside a stream: they ask the gate as [CatchUpTurns].
  public Map<String, Method> before(Map<String, Method> methods) {
    Map<String, Method> gated = new HashMap<>(methods);
    for (QueuedMethod method : QueuedMethod.values()) {
      switch (methods.get(method.path())) {
        case Unary unary -> gated.put(method.path(), gated(method, unary));
        case Streaming stream when method == QueuedMethod.RANGE_STREAM -> {
          Streaming before = opened -> new GatedRange(this, opened, stream);
          gated.put(method.path(), before);
        }
        case Streaming _ -> {}
        case null -> {}
      }
    }
    return gated;
  }

  private Unary gated(QueuedMethod method, Unary unary) {
    return (call, message) -> {
      Asked asked = asked(method, call, message);
      if (asked == null) {
        unary.call(call, message);
      } else {
        new GatedCall(asked.requestClass(), call, unary, asked.estimate(), asked.valuesRead())
            .begin(message);
      }
    };
  }

  /// A request that is to be queued.
  ///
  /// @param valuesRead key-values that its answer has, as far as its length says how long they are
  record Asked(RequestClass requestClass, WorkEstimate estimate, long valuesRead) {}

  @Nullable Asked asked(GrpcStream stream, ByteBuf message) {
    return asked(QueuedMethod.RANGE_STREAM, stream, message);
  }

  /// Null for a request that needs no seats: its level is exempt, or it is none, which the method says better.
  private @Nullable Asked asked(QueuedMethod method, GrpcRequest request, ByteBuf message) {
    RequestReading reading;
    try {
      reading = RequestReading.of(method, message, view.get());
    } catch (MalformedMessage _) {
      return null;
    }
    RequestClass requestClass = requestClass(request, method, reading.reach());
    SeatLevel level = requestClass.level();
    if (level.isExempt()) {
      requestClass.rule().dispatched.increment();
      return null;
    }
    int seats = reading.seats(requestClass.keys().averageBytes(), level.requestSeatsMax());
    long valuesRead = method == QueuedMethod.RANGE ? reading.valuesRead() : 0;
    return new Asked(requestClass, WorkEstimate.of(seats), valuesRead);
  }

  private RequestClass requestClass(
      GrpcRequest request, QueuedMethod method, @Nullable KeyRange reach) {
    Caller caller = callers.of(request);
    PrefixNode keys = index.prefixOf(reach);
    RuleInForce rule = rules.get(index.find(caller, method, keys));
    return new RequestClass(
        rule, method, caller, keys, rule.flowHash(caller, request.client(), keys));
  }

  @Override
  public Turn ask(GrpcStream stream, KeyRange range, long revisions, Asker asker) {
    RequestClass requestClass = requestClass(stream, QueuedMethod.WATCH, range);
    SeatLevel level = requestClass.level();
    if (level.isExempt()) {
      requestClass.rule().dispatched.increment();
      stream.later(asker::granted);
      return () -> {};
    }
    long seats = Math.clamp(revisions / REVISIONS_PER_SEAT, 1, level.requestSeatsMax());
    WatchTicket ticket = new WatchTicket(requestClass, stream, WorkEstimate.of((int) seats), asker);
    ticket.offer();
    return ticket;
  }

  /// What a request is told that has no seats.
  static GrpcStatus refusal(SeatLevel level) {
    return EtcdStatus.TOO_MANY_REQUESTS.withRetryAfterMillis(
        TimeUnit.SECONDS.toMillis(level.retrySeconds()));
  }

  /// The figures of all levels and rules, in Prometheus' text form.
  public String metrics() {
    return QueuingMetrics.text(levels.values(), rules);
  }

  /// The state of all levels, and who waits in them, for people who look for who is in the way.
  public String dump() {
    return GateDump.text(levels.values(), rules);
  }
}
