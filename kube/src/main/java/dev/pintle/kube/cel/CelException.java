package dev.pintle.kube.cel;

/// An expression that cannot be read, or not be computed.
public final class CelException extends RuntimeException {
  static final String NO_OVERLOAD = "no such overload";

  private final int offset;
  private final boolean cancelled;
  private final boolean told;

  private CelException(String message, int offset, boolean cancelled, boolean told) {
    super(message, null, false, false);
    this.offset = offset;
    this.cancelled = cancelled;
    this.told = told;
  }

  /// @param offset of the mistake in the text, or -1 when it is about values or about no place in particular
  CelException(String message, int offset) {
    this(message, offset, false, false);
  }

  CelException(String message) {
    this(message, -1);
  }

  static CelException noOverload() {
    return new CelException(NO_OVERLOAD);
  }

  /// The same of a part of what a function was given, which is not told with the function.
  static CelException plainNoOverload() {
    return new CelException(NO_OVERLOAD, -1, false, true);
  }

  /// Whether a function was called with what it does not know, and nobody said which.
  boolean isNoOverload() {
    return !told && getMessage().equals(NO_OVERLOAD);
  }

  /// The expression costs more than one run may.
  static CelException costLimit() {
    return new CelException("operation cancelled: actual cost limit exceeded", -1, true, false);
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
