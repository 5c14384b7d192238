package dev.pintle.kube.authz;

/// The answer to whether a request is allowed.
///
/// @param reason why it is allowed, where that is told
public record Decision(boolean allowed, String reason) {
  static final Decision NO = new Decision(false, "");
  static final Decision MASTER = new Decision(true, "");
}
