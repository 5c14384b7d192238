package dev.pintle.kube.cel;

/// An expression that cannot be read, or not be computed.
public final class CelException extends RuntimeException {
  static final String NO_OVERLOAD = "no such overload";

  private final int offset;
  private final boolean cancelled;

  private CelException(String message, int offset, boolean cancelled) {
    super(message, null, false, false);
    this.offset = offset;
    this.cancelled = cancelled;
  }

  /// @param offset of the mistake in the text, or -1 when it is about values or about no place in particular
  CelException(String message, int offset) {
    this(message, offset, false);
  }

  CelException(String message) {
    this(message, -1);
  }

  static CelException noOverload() {
    return new CelException(NO_OVERLOAD);
  }

  /// Whether a function was called with what it does not know, and nobody said which.
  boolean isNoOverload() {
    return getMessage().equals(NO_OVERLOAD);
  }

  /// The expression costs more than one run may.
  static CelException costLimit() {
    return new CelException("operation cancelled: actual cost limit exceeded", -1, true);
  }

  int offset() {
    return offset;
  }

  /// Whether evaluation is over, whatever another part of the expression would say.
  boolean isCancelled() {
    return cancelled;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
