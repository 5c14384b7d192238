package dev.pintle.etcd;

import dev.pintle.etcd.auth.AuthConfig;
import dev.pintle.etcd.http.HttpAccess;
import dev.pintle.etcd.kv.KvLimits;
import dev.pintle.etcd.plan.QueuingPlan;
import dev.pintle.etcd.queuing.QueuingClock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The needs of the surface beside the member it speaks for.
///
/// @param name what the member calls itself
/// @param clientUrls where clients reach it, as etcd's `--advertise-client-urls`; asked for at each call, since a listener may
///     learn its port after the surface is made
/// @param access which requests beside gRPC are heard
/// @param queuing how requests wait for their turn; empty for not at all
/// @param auth how users prove who they are
/// @param moreMetrics figures that the program has beside the surface's own, in Prometheus' text form
public record EtcdConfig(
    String name,
    Supplier<List<String>> clientUrls,
    KvLimits limits,
    HttpAccess access,
    AuthConfig auth,
    Supplier<String> moreMetrics,
    Optional<Queuing> queuing) {
  /// The queuing of requests.
  public record Queuing(QueuingPlan plan, QueuingClock clock) {}
}
