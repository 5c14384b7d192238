package dev.pintle.etcd.queuing;

import dev.pintle.etcd.plan.QueuedMethod;

/// The class of one request.
///
/// @param keys the prefix below which it reaches keys
/// @param flowHash of its flow among those of the level
record RequestClass(
    RuleInForce rule, QueuedMethod method, Caller caller, PrefixNode keys, long flowHash) {
  SeatLevel level() {
    return rule.level();
  }
}
