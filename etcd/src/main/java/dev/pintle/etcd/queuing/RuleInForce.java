package dev.pintle.etcd.queuing;

import dev.pintle.etcd.plan.FlowPart;
import dev.pintle.etcd.plan.PlannedRule;
import dev.pintle.kernel.flow.Rejection;
import dev.pintle.member.LatencyCounts;
import java.util.concurrent.atomic.LongAdder;

/// A rule with its level, and what became of its requests.
final class RuleInForce {
  private final int number;
  private final PlannedRule plan;
  private final SeatLevel level;
  private final long seed;
  final LongAdder dispatched = new LongAdder();
  final LongAdder queued = new LongAdder();
  final LongAdder cancelled = new LongAdder();
  private final LongAdder[] rejected = new LongAdder[Rejection.values().length];

  /// How long those waited that had to and were executed then. Added to by whoever works for the level.
  final LatencyCounts waits = new LatencyCounts();

  RuleInForce(int number, PlannedRule plan, SeatLevel level) {
    this.number = number;
    this.plan = plan;
    this.level = level;
    this.seed = FlowMix.of(plan.name());
    for (int i = 0; i < rejected.length; i++) {
      rejected[i] = new LongAdder();
    }
  }

  String name() {
    return plan.name();
  }

  SeatLevel level() {
    return level;
  }

  LongAdder rejected(Rejection reason) {
    return rejected[reason.ordinal()];
  }

  /// @param client who asks, as the wire tells clients apart
  long flowHash(Caller caller, Object client, PrefixNode keys) {
    long hash = seed;
    if (plan.flowBy().contains(FlowPart.USER)) {
      hash = FlowMix.with(hash, caller.hash);
    }
    if (plan.flowBy().contains(FlowPart.ADDRESS)) {
      hash = FlowMix.with(hash, client.hashCode());
    }
    if (plan.flowBy().contains(FlowPart.PREFIX)) {
      hash = FlowMix.with(hash, RuleIndex.prefixOfRule(number, keys).prefix.hashCode());
    }
    return hash;
  }
}
