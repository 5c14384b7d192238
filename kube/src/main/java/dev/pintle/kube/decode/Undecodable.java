package dev.pintle.kube.decode;

/// A body that Go could not put into its structures; the message is Go's.
public final class Undecodable extends RuntimeException {
  private final boolean later;
  private final boolean unconverted;

  Undecodable(String message) {
    this(message, false, false);
  }

  private Undecodable(String message, boolean later, boolean unconverted) {
    super(message, null, false, false);
    this.later = later;
    this.unconverted = unconverted;
  }

  /// An object that Go read, and could not make its own form of.
  static Undecodable unconverted(String message) {
    return new Undecodable(message, false, true);
  }

  /// Whether the object was read, and only its other form could not be made.
  public boolean isUnconverted() {
    return unconverted;
  }

  /// A fault after which Go reads on: it is told only if nothing worse comes.
  static Undecodable later(String message) {
    return new Undecodable(message, true, false);
  }

  boolean isToldLater() {
    return later;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
