package dev.pintle.wire;

import java.time.Duration;

/// The checks that the limit records share.
final class Limits {
  private Limits() {}

  static void requireAtLeast(int least, int value, String name) {
    if (value < least) {
      throw new IllegalArgumentException("%s: %d (expected: >= %d)".formatted(name, value, least));
    }
  }

  static void requirePositive(Duration value, String name) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException("%s: %s (expected: > 0)".formatted(name, value));
    }
  }
}
