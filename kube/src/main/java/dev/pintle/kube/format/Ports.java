package dev.pintle.kube.format;

import java.util.ArrayList;
import java.util.List;

/// Port numbers and names.
public final class Ports {
  public static final int NUMBER_MAX = 65_535;
  private static final int NAME_CHARACTERS_MAX = 15;

  private Ports() {}

  public static List<String> number(long port) {
    return within(port, 1, NUMBER_MAX);
  }

  public static List<String> within(long number, long least, long most) {
    return number >= least && number <= most
        ? List.of()
        : List.of("must be between %d and %d, inclusive".formatted(least, most));
  }

  public static List<String> name(String name) {
    List<String> complaints = new ArrayList<>(0);
    if (Formats.isLonger(name, NAME_CHARACTERS_MAX)) {
      complaints.add("must be no more than %d characters".formatted(NAME_CHARACTERS_MAX));
    }
    if (name.isEmpty()
        || !name.chars().allMatch(c -> isLetter(c) || c == '-' || (c >= '0' && c <= '9'))) {
      complaints.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
    }
    if (name.chars().noneMatch(Ports::isLetter)) {
      complaints.add("must contain at least one letter (a-z)");
    }
    if (name.contains("--")) {
      complaints.add("must not contain consecutive hyphens");
    }
    if (name.startsWith("-") || name.endsWith("-")) {
      complaints.add("must not begin or end with a hyphen");
    }
    return complaints;
  }

  private static boolean isLetter(int c) {
    return c >= 'a' && c <= 'z';
  }
}
