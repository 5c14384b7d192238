package dev.pintle.kube.validation;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The names of time zones. Upstream looks for them as for files in a folder of zones, and tells what the system says of a file
/// that cannot be opened; here a set of names stands for the files, whatever the machine has.
final class TimeZones {
  private static final Pattern PART = Pattern.compile("[A-Za-z.\\-_0-9+]{1,14}");

  /// Zones of the database that the platform does not list.
  private static final List<String> UNLISTED =
      List.of("EST", "Factory", "GMT+0", "GMT-0", "HST", "MST", "ROC");

  /// Zones of the platform that the database does not have.
  private static final String PLATFORMS_OWN = "SystemV/";

  private static final String FOLDER = "/usr/share/zoneinfo/";
  private static final int PATH_BYTES_MAX = 4_095;
  private static final int NAME_BYTES_MAX = 255;
  private static final String TOO_LONG = "file name too long";

  private static final Set<String> ZONES = zones();
  private static final Set<String> FOLDERS = folders();

  private TimeZones() {}

  private static Set<String> zones() {
    Set<String> zones = new HashSet<>(ZoneId.getAvailableZoneIds());
    zones.removeIf(zone -> zone.startsWith(PLATFORMS_OWN));
    zones.addAll(UNLISTED);
    return zones;
  }

  private static Set<String> folders() {
    Set<String> folders = new HashSet<>();
    for (String zone : ZONES) {
      for (int slash = zone.indexOf('/'); slash >= 0; slash = zone.indexOf('/', slash + 1)) {
        folders.add(zone.substring(0, slash));
      }
    }
    return folders;
  }

  /// Whether a name has the form that the names of zones have: parts with slashes between them.
  static boolean isName(String name) {
    for (String part : name.split("/", -1)) {
      if (part.equals(".") || part.equals("..") || part.startsWith("-") || !PART.matches(part)) {
        return false;
      }
    }
    return true;
  }

  /// Why there is no such zone, empty when there is; no name is universal time, and one stands for the zone of the server.
  static String fault(String name) {
    if (name.isEmpty() || name.equals("Local") || ZONES.contains(name)) {
      return "";
    }
    if (name.contains("..") || name.startsWith("/") || name.startsWith("\\")) {
      return "time: invalid location name";
    }
    if (FOLDER.length() + bytes(name) > PATH_BYTES_MAX) {
      return TOO_LONG;
    }
    String place = "";
    for (String part : name.split("/", -1)) {
      if (ZONES.contains(place)) {
        return "not a directory";
      }
      if (bytes(part) > NAME_BYTES_MAX) {
        return TOO_LONG;
      }
      if (!part.isEmpty() && !part.equals(".")) {
        place = place.isEmpty() ? part : place + "/" + part;
      }
      if (!place.isEmpty() && !ZONES.contains(place) && !FOLDERS.contains(place)) {
        return "unknown time zone " + name;
      }
    }
    return ZONES.contains(place) ? "" : "is a directory";
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
