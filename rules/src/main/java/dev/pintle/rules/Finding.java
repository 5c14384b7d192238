package dev.pintle.rules;

/// One broken rule.
///
/// @param where the class, package or file
/// @param what what is there and what the rule allows
public record Finding(String where, String what) {
  @Override
  public String toString() {
    return where + ": " + what;
  }
}
