package dev.pintle.wire;

import java.time.Duration;

/// The checks that the limit records share.
final class Limits {
  private Limits() {}

  static void requireAtLeast(long least, long value, String name) {
    if (value < least) {
      throw new IllegalArgumentException("%s: %d (expected: >= %d)".formatted(name, value, least));
    }
  }

  static void requireNotNegative(Duration value, String name) {
    if (value.isNegative()) {
      throw new IllegalArgumentException("%s: %s (expected: >= 0)".formatted(name, value));
    }
  }

  static void requirePositive(Duration value, String name) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException("%s: %s (expected: > 0)".formatted(name, value));
    }
  }
}
