package dev.pintle.kube.validation;

import dev.pintle.kube.object.DurationSyntax;
import dev.pintle.kube.object.GoNumbers;
import dev.pintle.kube.object.GoText;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The five fields of a schedule, or a word for a usual one. Only whether it can be understood is of interest here.
final class CronSchedule {
  private static final Set<String> WORDS =
      Set.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");
  private static final String EVERY = "@every ";
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

  private static final List<Bounds> FIELDS =
      List.of(
          new Bounds(0, 59, List.of(), 0),
          new Bounds(0, 23, List.of(), 0),
          new Bounds(1, 31, List.of(), 0),
          new Bounds(1, 12, MONTHS, 1),
          new Bounds(0, 6, DAYS, 0));

  private CronSchedule() {}

  /// The bounds of one field of a schedule.
  ///
  /// @param names the words for numbers, the first for `firstNamed`
  private record Bounds(int least, int most, List<String> names, int firstNamed) {}

  private static final class Malformed extends RuntimeException {
    Malformed(String message) {
      super(message, null, false, false);
    }
  }

  /// What is wrong with a schedule, in the words of the parser that the API server uses; empty when nothing is.
  static String complaint(String schedule) {
    try {
      parse(
          schedule.startsWith("TZ=") || schedule.startsWith("CRON_TZ=")
              ? withoutZone(schedule)
              : schedule);
      return "";
    } catch (Malformed malformed) {
      return String.valueOf(malformed.getMessage());
    }
  }

  private static String withoutZone(String schedule) {
    int space = schedule.indexOf(' ');
    if (space < 0) {
      // Where the API server's parser looks beyond the end of the text.
      throw new Malformed(
          "invalid schedule format: runtime error: slice bounds out of range [:-1]");
    }
    String zone = schedule.substring(schedule.indexOf('=') + 1, space);
    String fault = TimeZones.fault(zone);
    if (!fault.isEmpty()) {
      throw new Malformed("provided bad location %s: %s".formatted(zone, fault));
    }
    return GoSpace.trimmed(schedule.substring(space));
  }

  private static void parse(String schedule) {
    if (schedule.startsWith("@")) {
      descriptor(schedule);
      return;
    }
    String[] fields = words(schedule);
    if (fields.length != FIELDS.size()) {
      throw new Malformed(
          "expected exactly %d fields, found %d: [%s]"
              .formatted(FIELDS.size(), fields.length, String.join(" ", fields)));
    }
    for (int i = 0; i < fields.length; i++) {
      for (String range : fields[i].split(",", -1)) {
        if (!range.isEmpty()) {
          range(range, FIELDS.get(i));
        }
      }
    }
  }

  private static String[] words(String schedule) {
    return GoSpace.words(schedule).toArray(String[]::new);
  }

  private static void descriptor(String schedule) {
    if (WORDS.contains(schedule)) {
      return;
    }
    if (!schedule.startsWith(EVERY)) {
      throw new Malformed("unrecognized descriptor: " + schedule);
    }
    String complaint = DurationSyntax.complaint(schedule.substring(EVERY.length()));
    if (!complaint.isEmpty()) {
      throw new Malformed("failed to parse duration " + schedule + ": " + complaint);
    }
  }

  private static void range(String text, Bounds bounds) {
    String[] rangeAndStep = text.split("/", -1);
    String[] ends = rangeAndStep[0].split("-", -1);
    long start;
    long end;
    if (ends[0].equals("*") || ends[0].equals("?")) {
      start = bounds.least();
      end = bounds.most();
    } else {
      start = numberOrName(ends[0], bounds);
      if (ends.length > 2) {
        throw new Malformed("too many hyphens: " + text);
      }
      end = ends.length == 1 ? start : numberOrName(ends[1], bounds);
    }
    if (rangeAndStep.length > 2) {
      throw new Malformed("too many slashes: " + text);
    }
    long step = rangeAndStep.length == 2 ? number(rangeAndStep[1]) : 1;
    checkBounds(
        text, bounds, start, rangeAndStep.length == 2 && ends.length == 1 ? bounds.most() : end);
    if (step == 0) {
      throw new Malformed("step of range should be a positive number: " + text);
    }
  }

  private static void checkBounds(String text, Bounds bounds, long start, long end) {
    if (start < bounds.least()) {
      throw new Malformed(
          "beginning of range (%d) below minimum (%d): %s".formatted(start, bounds.least(), text));
    }
    if (end > bounds.most()) {
      throw new Malformed(
          "end of range (%d) above maximum (%d): %s".formatted(end, bounds.most(), text));
    }
    if (start > end) {
      throw new Malformed(
          "beginning of range (%d) beyond end of range (%d): %s".formatted(start, end, text));
    }
  }

  private static long numberOrName(String text, Bounds bounds) {
    int named = bounds.names().indexOf(text.toLowerCase(Locale.ROOT));
    return named >= 0 ? named + bounds.firstNamed() : number(text);
  }

  private static long number(String text) {
    try {
      long number = GoNumbers.parseInt(text);
      if (number < 0) {
        throw new Malformed("negative number (%d) not allowed: %s".formatted(number, text));
      }
      return number;
    } catch (NumberFormatException notANumber) {
      throw new Malformed(
          "failed to parse int from %s: strconv.Atoi: parsing %s: %s"
              .formatted(text, GoText.quote(text), GoText.notANumber(text)));
    }
  }
}
