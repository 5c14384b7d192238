package dev.pintle.bench.api;

import java.nio.charset.StandardCharsets;

/// One request to the Kubernetes API.
///
/// @param accept the form of the answer
/// @param type that of the body
/// @param body empty for none
/// @param keeps whether the body of the answer is wanted
public record ApiCall(
    String method, String path, String accept, String type, String body, boolean keeps) {
  public static final String JSON = "application/json";
  public static final String YAML = "application/yaml";
  public static final String STRATEGIC = "application/strategic-merge-patch+json";

  /// The form that kubectl asks for.
  public static final String TABLE =
      "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

  public static ApiCall get(String path, String accept) {
    return new ApiCall("GET", path, accept, JSON, "", false);
  }

  public static ApiCall post(String path, String body) {
    return new ApiCall("POST", path, JSON, JSON, body, false);
  }

  public static ApiCall put(String path, String body) {
    return new ApiCall("PUT", path, JSON, JSON, body, false);
  }

  /// A strategic merge patch.
  public static ApiCall patch(String path, String body) {
    return new ApiCall("PATCH", path, JSON, STRATEGIC, body, false);
  }

  /// The same, and the answer's body is wanted.
  public ApiCall keeping() {
    return new ApiCall(method, path, accept, type, body, true);
  }

  public ApiCall withType(String changed) {
    return new ApiCall(method, path, accept, changed, body, keeps);
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
