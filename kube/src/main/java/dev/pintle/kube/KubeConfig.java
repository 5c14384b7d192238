package dev.pintle.kube;

import dev.pintle.kube.allocation.ServiceRanges;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The configuration of the Kubernetes surface.
///
/// @param adminToken the bearer token of the admin, asked for at each use since it may be renewed; empty for none
/// @param requestBytesMax largest body of a request; upstream's limit is 3 MiB
/// @param moreMetrics figures that the program has beside the surface's own, in Prometheus' text form
/// @param ranges where services get their addresses and node ports from
/// @param eventTtl how long an Event is kept after it was written last; zero for ever
/// @param allowPrivileged whether containers may have all that their node has
/// @param flags how the program was started, for people who look for a fault; no secrets
public record KubeConfig(
    Supplier<String> adminToken,
    int requestBytesMax,
    Supplier<String> moreMetrics,
    ServiceRanges ranges,
    Duration eventTtl,
    boolean allowPrivileged,
    Map<String, String> flags) {
  public static final int REQUEST_BYTES_MAX_DEFAULT = 3 * 1024 * 1024;
  public static final Duration EVENT_TTL_DEFAULT = Duration.ofHours(1);
  public static final KubeConfig DEFAULT =
      new KubeConfig(
          () -> "",
          REQUEST_BYTES_MAX_DEFAULT,
          () -> "",
          ServiceRanges.DEFAULT,
          EVENT_TTL_DEFAULT,
          false,
          Map.of());

  public KubeConfig {
    flags = Collections.unmodifiableMap(new TreeMap<>(flags));
    if (requestBytesMax < 1) {
      throw new IllegalArgumentException(
          "kube.request-bytes-max: %d (expected: at least 1)".formatted(requestBytesMax));
    }
    if (eventTtl.isNegative()) {
      throw new IllegalArgumentException(
          "kube.event-ttl: %s (expected: not less than none)".formatted(eventTtl));
    }
  }

  public KubeConfig withAdminToken(String token) {
    return withAdminToken(() -> token);
  }

  public KubeConfig withAdminToken(Supplier<String> token) {
    return new KubeConfig(
        token, requestBytesMax, moreMetrics, ranges, eventTtl, allowPrivileged, flags);
  }

  public KubeConfig withMoreMetrics(Supplier<String> more) {
    return new KubeConfig(
        adminToken, requestBytesMax, more, ranges, eventTtl, allowPrivileged, flags);
  }

  public KubeConfig withFlags(Map<String, String> given) {
    return new KubeConfig(
        adminToken, requestBytesMax, moreMetrics, ranges, eventTtl, allowPrivileged, given);
  }

  public KubeConfig withRanges(ServiceRanges services) {
    return new KubeConfig(
        adminToken, requestBytesMax, moreMetrics, services, eventTtl, allowPrivileged, flags);
  }

  public KubeConfig withEventTtl(Duration kept) {
    return new KubeConfig(
        adminToken, requestBytesMax, moreMetrics, ranges, kept, allowPrivileged, flags);
  }

  public KubeConfig withAllowPrivileged(boolean allowed) {
    return new KubeConfig(
        adminToken, requestBytesMax, moreMetrics, ranges, eventTtl, allowed, flags);
  }

  /// Without the token.
  @Override
  public String toString() {
    return "KubeConfig[adminToken=***, requestBytesMax=%d]".formatted(requestBytesMax);
  }
}
