package dev.pintle.kernel;

/// A broken promise of our own code; the state it speaks of may be wrong and must not be served.
public final class InvariantViolation extends Error {
  public InvariantViolation(String rule) {
    super(rule);
  }
}
