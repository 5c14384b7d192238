package dev.pintle.junit;

/// The report that a test cannot have what it asks for: a manifest that is not there or is refused, a library that is missing, an annotation
/// that makes no sense where it stands. The message is what is wrong, where, and what was expected.
public final class PintleTestException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PintleTestException(String message) {
    super(message);
  }

  PintleTestException(String message, Throwable cause) {
    super(message, cause);
  }
}
