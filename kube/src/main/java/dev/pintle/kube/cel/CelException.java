package dev.pintle.kube.cel;

/// An expression that cannot be read, or not be computed.
public final class CelException extends RuntimeException {
  private final int offset;

  /// @param offset of the mistake in the text, or -1 when it is about values
  CelException(String message, int offset) {
    super(message, null, false, false);
    this.offset = offset;
  }

  CelException(String message) {
    this(message, -1);
  }

  static CelException noOverload() {
    return new CelException("no such overload");
  }

  int offset() {
    return offset;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
