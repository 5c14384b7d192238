package dev.pintle.kube.podsecurity;

import org.jspecify.annotations.Nullable;

/// The version of Kubernetes whose checks apply.
///
/// @param minor of `v1.MINOR`; not looked at for the latest
record PodSecurityVersion(long minor, boolean latest) {
  static final PodSecurityVersion LATEST = new PodSecurityVersion(0, true);
  static final String WRONG = "must be \"latest\" or \"v1.x\"";

  private static final String PREFIX = "v1.";

  static PodSecurityVersion minor(long minor) {
    return new PodSecurityVersion(minor, false);
  }

  /// The version of this name; null when it is no name of a version.
  static @Nullable PodSecurityVersion of(String name) {
    if (name.equals("latest")) {
      return LATEST;
    }
    String digits = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
    boolean number = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!number || (digits.length() > 1 && digits.startsWith("0"))) {
      return null;
    }
    try {
      return minor(Long.parseLong(digits));
    } catch (NumberFormatException tooLarge) {
      return null;
    }
  }

  @Override
  public String toString() {
    return latest ? "latest" : PREFIX + minor;
  }
}
