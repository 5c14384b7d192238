package dev.pintle.kube.decode;

/// A body that Go could not put into its structures; the message is Go's.
public final class Undecodable extends RuntimeException {
  private final boolean later;

  Undecodable(String message) {
    this(message, false);
  }

  private Undecodable(String message, boolean later) {
    super(message, null, false, false);
    this.later = later;
  }

  /// A fault after which Go reads on: it is told only if nothing worse comes.
  static Undecodable later(String message) {
    return new Undecodable(message, true);
  }

  boolean isToldLater() {
    return later;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
