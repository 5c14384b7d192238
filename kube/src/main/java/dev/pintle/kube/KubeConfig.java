package dev.pintle.kube;

import java.util.Map;
import java.util.function.Supplier;

/// The configuration of the Kubernetes surface.
///
/// @param adminToken the bearer token of the admin, asked for at each use since it may be renewed; empty for none
/// @param requestBytesMax largest body of a request; upstream's limit is 3 MiB
/// @param moreMetrics figures that the program has beside the surface's own, in Prometheus' text form
public record KubeConfig(
    Supplier<String> adminToken, int requestBytesMax, Supplier<String> moreMetrics) {
  public static final int REQUEST_BYTES_MAX_DEFAULT = 3 * 1024 * 1024;
  public static final KubeConfig DEFAULT =
      new KubeConfig(() -> "", REQUEST_BYTES_MAX_DEFAULT, () -> "");

  public KubeConfig {
    if (requestBytesMax < 1) {
      throw new IllegalArgumentException(
          "kube.request-bytes-max: %d (expected: at least 1)".formatted(requestBytesMax));
    }
  }

  public KubeConfig withAdminToken(String token) {
    return withAdminToken(() -> token);
  }

  public KubeConfig withAdminToken(Supplier<String> token) {
    return new KubeConfig(token, requestBytesMax, moreMetrics);
  }

  public KubeConfig withMoreMetrics(Supplier<String> more) {
    return new KubeConfig(adminToken, requestBytesMax, more);
  }

  /// Names and values that may be shown to people: everything but the token.
  Map<String, String> shown() {
    return Map.of("request-bytes-max", Integer.toString(requestBytesMax));
  }

  /// Without the token.
  @Override
  public String toString() {
    return "KubeConfig[adminToken=***, requestBytesMax=%d]".formatted(requestBytesMax);
  }
}
