package dev.pintle.sim.world;

/// A statement that must hold in every world. A broken claim ends the run.
public final class Claim {
  private Claim() {}

  /// The broken claim, and what it was seen by.
  public static final class Broken extends AssertionError {
    Broken(String message) {
      super(message);
    }
  }

  /// @param facts fill `rule`, a format, when it is broken
  @SuppressWarnings(
      "AnnotateFormatMethod") // the annotation is of a library that ships nothing else here
  public static void check(boolean holds, String rule, Object... facts) {
    if (!holds) {
      throw broken(rule, facts);
    }
  }

  @SuppressWarnings("AnnotateFormatMethod")
  public static Broken broken(String rule, Object... facts) {
    return new Broken(rule.formatted(facts));
  }
}
