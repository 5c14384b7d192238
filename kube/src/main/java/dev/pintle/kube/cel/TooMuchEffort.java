package dev.pintle.kube.cel;

/// The end of an expression that was to be quick and is not: it is run again where it holds up nobody. Never seen by a client.
public final class TooMuchEffort extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TooMuchEffort() {
    super("expressions that take long (expected: done again in turn)", null, false, false);
  }
}
