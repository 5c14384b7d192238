package dev.pintle.objectstore;

import java.util.Map;

/// The credentials that requests are signed with.
///
/// @param token of a session; empty for none
record AccessKey(String id, String secret, String token) {
  /// Those of the environment, in the variables that all clients of the protocol read.
  static AccessKey of(Map<String, String> environment) {
    String id = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
    String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
    if (id.isEmpty() || secret.isEmpty()) {
      throw new IllegalArgumentException(
          "no credentials (expected: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment)");
    }
    return new AccessKey(id, secret, environment.getOrDefault("AWS_SESSION_TOKEN", ""));
  }

  /// Without the secret.
  @Override
  public String toString() {
    return "AccessKey " + id;
  }
}
