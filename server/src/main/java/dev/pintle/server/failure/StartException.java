package dev.pintle.server.failure;

/// The program cannot start, for a reason the user can do something about. The message is one line: what, where, what was
/// expected, what to do.
public final class StartException extends Exception {
  private final ExitCode code;

  public StartException(ExitCode code, String message) {
    super(message);
    this.code = code;
  }

  public StartException(ExitCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public ExitCode code() {
    return code;
  }
}
