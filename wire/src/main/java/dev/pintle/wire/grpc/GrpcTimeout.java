package dev.pintle.wire.grpc;

import java.util.OptionalLong;

/// The `grpc-timeout` header: at most eight digits and a unit.
final class GrpcTimeout {
  private static final int DIGITS_MAX = 8;

  private GrpcTimeout() {}

  /// The timeout in nanoseconds (at most `Long.MAX_VALUE`), or empty when `text` is malformed.
  static OptionalLong parseNanos(CharSequence text) {
    int digits = text.length() - 1;
    if (digits < 1 || digits > DIGITS_MAX) {
      return OptionalLong.empty();
    }
    long value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return OptionalLong.empty();
      }
      value = value * 10 + digit;
    }
    long unit = unitNanos(text.charAt(digits));
    if (unit == 0) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(value > Long.MAX_VALUE / unit ? Long.MAX_VALUE : value * unit);
  }

  private static long unitNanos(char unit) {
    return switch (unit) {
      case 'n' -> 1L;
      case 'u' -> 1_000L;
      case 'm' -> 1_000_000L;
      case 'S' -> 1_000_000_000L;
      case 'M' -> 60_000_000_000L;
      case 'H' -> 3_600_000_000_000L;
      default -> 0L;
    };
  }
}
