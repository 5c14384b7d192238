package dev.pintle.etcd.gateway;

import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStatus.Code;
import dev.pintle.wire.RequestHead;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The headers of a request that say something about the call: how long it may take, and what goes with it.
///
/// @param timeoutNanos negative or small where it is over already; [#NO_TIMEOUT] for as long as it takes
record CallHeaders(long timeoutNanos) {
  static final long NO_TIMEOUT = 0;

  /// Goes with the call, without this prefix.
  private static final String METADATA = "grpc-metadata-";

  private static final String BINARY = "-bin";

  /// The headers could not be read.
  static final class Unreadable extends Exception {
    private final transient GrpcStatus status;

    Unreadable(String message) {
      super(message, null, false, false);
      this.status = new GrpcStatus(Code.INVALID_ARGUMENT, message);
    }

    GrpcStatus status() {
      return status;
    }
  }

  static CallHeaders of(RequestHead head) throws Unreadable {
    String timeout = head.header("grpc-timeout").orElse("");
    long nanos = timeout.isEmpty() ? NO_TIMEOUT : nanos(timeout);
    for (String name : head.headerNames(METADATA)) {
      if (name.endsWith(BINARY)) {
        for (String value : head.headers(name)) {
          requireBase64(name, value);
        }
      }
    }
    return new CallHeaders(nanos);
  }

  private static long nanos(String timeout) throws Unreadable {
    int last = timeout.length() - 1;
    TimeUnit unit = unit(timeout.charAt(last));
    try {
      if (unit != null && last > 0) {
        return unit.toNanos(Long.parseLong(timeout.substring(0, last)));
      }
    } catch (NumberFormatException none) {
      // as any other
    }
    throw new Unreadable("invalid grpc-timeout: " + timeout);
  }

  private static @Nullable TimeUnit unit(char letter) {
    return switch (letter) {
      case 'H' -> TimeUnit.HOURS;
      case 'M' -> TimeUnit.MINUTES;
      case 'S' -> TimeUnit.SECONDS;
      case 'm' -> TimeUnit.MILLISECONDS;
      case 'u' -> TimeUnit.MICROSECONDS;
      case 'n' -> TimeUnit.NANOSECONDS;
      default -> null;
    };
  }

  private static void requireBase64(String name, String value) throws Unreadable {
    try {
      if (value.length() % 4 == 0 || value.indexOf('=') < 0) {
        Base64.getDecoder().decode(value);
        return;
      }
    } catch (IllegalArgumentException none) {
      // as any other
    }
    int at = 0;
    while (at < value.length() && isLetter(value.charAt(at))) {
      at++;
    }
    throw new Unreadable(
        "invalid binary header %s: illegal base64 data at input byte %d"
            .formatted(canonical(name), at));
  }

  private static boolean isLetter(char letter) {
    return (letter >= 'a' && letter <= 'z')
        || (letter >= 'A' && letter <= 'Z')
        || (letter >= '0' && letter <= '9')
        || letter == '+'
        || letter == '/';
  }

  /// As Go writes names of headers.
  private static String canonical(String name) {
    StringBuilder text = new StringBuilder();
    for (String word : name.split("-", -1)) {
      text.append(text.isEmpty() ? "" : "-")
          .append(word.substring(0, Math.min(1, word.length())).toUpperCase(Locale.ROOT))
          .append(word.substring(Math.min(1, word.length())));
    }
    return text.toString();
  }
}
