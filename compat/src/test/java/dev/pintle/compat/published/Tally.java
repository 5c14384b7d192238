package dev.pintle.compat.published;

import dev.pintle.compat.twin.Difference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How many objects were answered, and how.
final class Tally {
  private static final Pattern SEVERAL = Pattern.compile("(?s)(.* is invalid: \\[)(.*)\\]");

  private int sent;
  private int taken;
  private int refused;
  private final List<String> differing = new ArrayList<>();

  static Tally of(Map<Step, Tally> tallies, Step step) {
    return Objects.requireNonNull(tallies.get(step));
  }

  /// Every tally in a few words.
  static String text(Map<Step, Tally> tallies) {
    return tallies.entrySet().stream()
        .map(entry -> entry.getKey().title() + ": " + entry.getValue())
        .collect(Collectors.joining("; "));
  }

  /// @param differences between what the servers answered, with their statuses
  void add(String what, int status, List<Difference> differences) {
    sent++;
    List<Difference> real =
        differences.stream().filter(one -> !isOrderOnly(one) && !one.isOwnWarning()).toList();
    if (!real.isEmpty()) {
      differing.add(what + "\n" + String.join("\n", real.stream().map(Object::toString).toList()));
    } else if (status < 300) {
      taken++;
    } else {
      refused++;
    }
  }

  void add(Tally other) {
    sent += other.sent;
    taken += other.taken;
    refused += other.refused;
    differing.addAll(other.differing);
  }

  /// What is wrong with the parts of a map is told in no order by the real server.
  private static boolean isOrderOnly(Difference difference) {
    return difference.fact().equals(".message")
        && ordered(difference.real()).equals(ordered(difference.pintle()));
  }

  private static String ordered(String message) {
    Matcher several = SEVERAL.matcher(message);
    if (!several.matches()) {
      return message;
    }
    String[] parts = several.group(2).split(", ", -1);
    Arrays.sort(parts);
    return several.group(1) + String.join(", ", parts) + "]";
  }

  List<String> differing() {
    return List.copyOf(differing);
  }

  @Override
  public String toString() {
    return "%d sent, %d taken alike, %d refused alike, %d differ"
        .formatted(sent, taken, refused, differing.size());
  }
}
