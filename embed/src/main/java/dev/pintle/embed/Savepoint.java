package dev.pintle.embed;

/// The content of a server at one moment, to which [PintleServer#reset(Savepoint)] leads back. Objects are kept as they were stored: it costs
/// their bytes once more, and nothing else.
public final class Savepoint {
  private final PintleServer server;
  private final Baseline content;

  Savepoint(PintleServer server, Baseline content) {
    this.server = server;
    this.content = content;
  }

  /// What it was.
  ///
  /// @throws IllegalArgumentException when it is not one of `asking`: another server has other credentials, and objects that tell of them
  Baseline contentOf(PintleServer asking) {
    if (asking != server) {
      throw new IllegalArgumentException(
          "savepoint: of %s (expected: one of %s)".formatted(server, asking));
    }
    return content;
  }
}
