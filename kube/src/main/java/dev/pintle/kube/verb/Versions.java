package dev.pintle.kube.verb;

import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.Refusals;
import dev.pintle.kube.store.ObjectView;
import java.util.List;

/// Resource versions as clients write them.
public final class Versions {
  private Versions() {}

  /// 0 for an empty text.
  public static long parse(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException _) {
      throw invalid(text, "strconv.ParseUint: parsing \"%s\": invalid syntax".formatted(text));
    }
  }

  /// Refuses a version that the store has not come to.
  static void requireReached(String text, ObjectView view) {
    long wanted = parse(text);
    if (Long.compareUnsigned(wanted, view.revision()) > 0) {
      throw Refusals.futureVersion(wanted, view.revision());
    }
  }

  static RuntimeException invalid(String text, String why) {
    Cause cause =
        new Cause(
            "FieldValueInvalid",
            "Invalid value: \"%s\": %s".formatted(text, why),
            "resourceVersion");
    return Refusals.invalidKind("", "", "", List.of(cause));
  }
}
