package dev.pintle.kube.podsecurity;

import org.jspecify.annotations.Nullable;

/// The levels of the Pod Security Standards, from lax to strict.
enum PodSecurityLevel {
  PRIVILEGED("privileged"),
  BASELINE("baseline"),
  RESTRICTED("restricted");

  static final String WRONG = "must be one of privileged, baseline, restricted";

  private final String text;

  PodSecurityLevel(String text) {
    this.text = text;
  }

  /// The level of this name; null when there is none.
  static @Nullable PodSecurityLevel of(String name) {
    for (PodSecurityLevel level : values()) {
      if (level.text.equals(name)) {
        return level;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return text;
  }
}
