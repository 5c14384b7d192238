package dev.pintle.kube.verb;

import dev.pintle.kube.status.Refusals;
import dev.pintle.kube.store.ObjectView;

/// Resource versions as clients write them.
public final class Versions {
  private Versions() {}

  /// The version that a list or watch asks for; 0 for an empty text.
  public static long parse(String text) {
    try {
      return number(text);
    } catch (NumberFormatException _) {
      throw Refusals.badRequest(
          "invalid resource version: resourceVersion: Invalid value: \"%s\": %s"
              .formatted(text, go(text)));
    }
  }

  /// The version in the metadata of an object that was sent.
  static long ofObject(String text) {
    try {
      return number(text);
    } catch (NumberFormatException _) {
      throw Refusals.bare(500, go(text));
    }
  }

  /// Refuses a version that the store has not come to.
  static void requireReached(String text, ObjectView view) {
    long wanted;
    try {
      wanted = number(text);
    } catch (NumberFormatException _) {
      throw Refusals.bare(
          500, "resourceVersion: Invalid value: \"%s\": %s".formatted(text, go(text)));
    }
    if (Long.compareUnsigned(wanted, view.revision()) > 0) {
      throw Refusals.futureVersion(wanted, view.revision());
    }
  }

  private static long number(String text) {
    return text.isEmpty() ? 0 : Long.parseUnsignedLong(text);
  }

  private static String go(String text) {
    return "strconv.ParseUint: parsing \"%s\": invalid syntax".formatted(text);
  }
}
