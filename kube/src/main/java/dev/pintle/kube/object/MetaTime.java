package dev.pintle.kube.object;

import java.time.Instant;
import java.time.format.DateTimeFormatter;

/// The text of a second, `2006-01-02T15:04:05Z`, as the API writes its times. Requests of one second share it: writing it takes
/// longer than checking a label.
public final class MetaTime {
  private record Second(long epochSecond, String text) {
    static Second of(long epochSecond) {
      String text = DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochSecond(epochSecond));
      return new Second(epochSecond, text);
    }
  }

  private static volatile Second newest = Second.of(0);

  private MetaTime() {}

  /// What is less than a second is left out.
  public static String text(Instant time) {
    Second known = newest;
    if (known.epochSecond() != time.getEpochSecond()) {
      known = Second.of(time.getEpochSecond());
      newest = known;
    }
    return known.text();
  }
}
