package dev.pintle.etcd.plan;

/// The names that levels and rules may have, and the words for what a plan may not say.
final class PlanNames {
  private static final int LENGTH_MAX = 63;

  /// What is shown of a value that is refused.
  private static final int SHOWN_MAX = 80;

  private PlanNames() {}

  /// Names are labels of metrics and stand in dumps.
  static void check(String where, String name) {
    boolean plain =
        name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    if (name.isEmpty() || name.length() > LENGTH_MAX || !plain) {
      throw bad(
          where, name, "1 to %d of lower-case letters, digits and hyphens".formatted(LENGTH_MAX));
    }
  }

  static IllegalArgumentException bad(String where, String value, String expected) {
    String shown = value.length() > SHOWN_MAX ? value.substring(0, SHOWN_MAX) + "..." : value;
    return new IllegalArgumentException("%s: %s (expected: %s)".formatted(where, shown, expected));
  }
}
