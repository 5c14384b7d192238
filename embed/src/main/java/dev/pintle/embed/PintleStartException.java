package dev.pintle.embed;

/// The refusal of a start, for a reason outside the server: a folder that is in use, may not be written or was written by a newer release, a
/// full disk, no free port. The message is one line: what, where, what was expected.
public final class PintleStartException extends RuntimeException {
  PintleStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
