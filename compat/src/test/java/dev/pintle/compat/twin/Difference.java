package dev.pintle.compat.twin;

/// One fact that the servers tell differently.
///
/// @param fact a path in the body, a header, or the status
public record Difference(String fact, String real, String pintle) {
  public static final String ABSENT = "(absent)";
  private static final String WARNING = "header warning: 299 - \"";

  /// Whether it is a warning that something has no effect, which only Pintle sends.
  public boolean isOwnWarning() {
    return real.equals(ABSENT)
        && fact.startsWith(WARNING)
        && fact.matches(".* ha(s|ve) no effect: .*");
  }

  boolean isTheirWarning() {
    return pintle.equals(ABSENT) && fact.startsWith(WARNING);
  }

  @Override
  public String toString() {
    return "  %s%n    real:   %s%n    pintle: %s".formatted(fact, real, pintle);
  }
}
