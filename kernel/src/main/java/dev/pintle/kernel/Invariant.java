package dev.pintle.kernel;

/// Checks of rules that our own code promises. A broken one is a bug of ours, never of a caller's input: whoever finds it
/// stops rather than answer wrongly.
public final class Invariant {
  private Invariant() {}

  /// Throws [InvariantViolation] unless `holds`; `rule` is a format for `facts`, expanded only when broken.
  public static void check(boolean holds, String rule, long... facts) {
    if (!holds) {
      throw new InvariantViolation(format(rule, facts));
    }
  }

  private static String format(String rule, long[] facts) {
    Object[] boxed = new Object[facts.length];
    for (int i = 0; i < facts.length; i++) {
      boxed[i] = facts[i];
    }
    return String.format(rule, boxed);
  }
}
