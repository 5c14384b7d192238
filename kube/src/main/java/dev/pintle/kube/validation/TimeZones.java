package dev.pintle.kube.validation;

import com.google.re2j.Pattern;
import java.time.ZoneId;

/// The names of time zones.
final class TimeZones {
  private static final Pattern PART = Pattern.compile("[A-Za-z.\\-_0-9+]{1,14}");

  private TimeZones() {}

  /// Whether a name has the form that the names of zones have: parts with slashes between them.
  static boolean isName(String name) {
    for (String part : name.split("/", -1)) {
      if (part.equals(".") || part.equals("..") || part.startsWith("-") || !PART.matches(part)) {
        return false;
      }
    }
    return true;
  }

  /// Whether there is such a zone; no name is universal time, and one stands for the zone of the server.
  static boolean isKnown(String name) {
    return name.isEmpty() || name.equals("Local") || ZoneId.getAvailableZoneIds().contains(name);
  }
}
