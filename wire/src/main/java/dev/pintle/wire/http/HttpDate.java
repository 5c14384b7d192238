package dev.pintle.wire.http;

import io.netty.util.AsciiString;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The `date` header, formatted once a second.
public final class HttpDate {
  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static volatile Second current = Second.of(0);

  private HttpDate() {}

  public static AsciiString now() {
    long second = System.currentTimeMillis() / 1000;
    Second known = current;
    if (known.epochSecond != second) {
      known = Second.of(second);
      current = known;
    }
    return known.text;
  }

  private record Second(long epochSecond, AsciiString text) {
    static Second of(long epochSecond) {
      return new Second(
          epochSecond, new AsciiString(IMF_FIXDATE.format(Instant.ofEpochSecond(epochSecond))));
    }
  }
}
