package dev.pintle.kube.podsecurity;

/// A fault that a check finds with a pod.
///
/// @param reason in few words
/// @param detail what of the pod it is; may be empty
record PodViolation(String reason, String detail) {
  @Override
  public String toString() {
    return detail.isEmpty() ? reason : reason + " (" + detail + ")";
  }
}
