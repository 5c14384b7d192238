package dev.pintle.bench.api;

/// The answer to an [ApiCall].
///
/// @param retrySeconds what `Retry-After` says; 0 without it
/// @param body of what failed its beginning; of what succeeded all of it where the call keeps it, else nothing
/// @param endNanos when the last byte came, on the clock of [System#nanoTime]
public record ApiAnswer(int code, int retrySeconds, String body, long endNanos) {
  static final int ERROR_CHARS_MAX = 400;

  private static final int SERVER_ERROR = 500;
  private static final int TOO_MANY_REQUESTS = 429;

  public boolean succeeded() {
    return code / 100 == 2;
  }

  public boolean rejected() {
    return code == TOO_MANY_REQUESTS;
  }

  /// Whether the server asks to be asked again.
  public boolean asksToWait() {
    return retrySeconds > 0 && (rejected() || code >= SERVER_ERROR);
  }

  /// The text of the first member of a name, wherever it stands.
  ///
  /// @throws IllegalStateException when there is none
  public String text(String member) {
    String start = "\"" + member + "\":\"";
    int from = body.indexOf(start);
    if (from < 0) {
      throw new IllegalStateException("no %s in %s".formatted(member, body));
    }
    int begin = from + start.length();
    return body.substring(begin, body.indexOf('"', begin));
  }
}
