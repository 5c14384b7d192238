package dev.pintle.kube;

import java.util.Map;

/// How the Kubernetes surface behaves.
///
/// @param adminToken the bearer token of the admin; empty for none
/// @param requestBytesMax largest body of a request; upstream's limit is 3 MiB
public record KubeConfig(String adminToken, int requestBytesMax) {
  public static final int REQUEST_BYTES_MAX_DEFAULT = 3 * 1024 * 1024;
  public static final KubeConfig DEFAULT = new KubeConfig("", REQUEST_BYTES_MAX_DEFAULT);

  public KubeConfig {
    if (requestBytesMax < 1) {
      throw new IllegalArgumentException(
          "kube.request-bytes-max: %d (expected: at least 1)".formatted(requestBytesMax));
    }
  }

  public KubeConfig withAdminToken(String token) {
    return new KubeConfig(token, requestBytesMax);
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
