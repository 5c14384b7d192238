package dev.pintle.server.config;

import dev.pintle.etcd.plan.QueuingPlan;
import java.util.Optional;

/// The choice of how requests at the etcd port wait for their turn.
///
/// @param given as the user wrote it: `off`, `on`, or the path of a plan
/// @param plan empty for no queuing
public record EtcdQueuing(String given, Optional<QueuingPlan> plan) {
  public static final EtcdQueuing OFF = new EtcdQueuing("off", Optional.empty());
  public static final EtcdQueuing ON = new EtcdQueuing("on", Optional.of(QueuingPlan.USUAL));
}
