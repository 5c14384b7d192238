package dev.pintle.embed;

/// The content of a server at one moment, to which [PintleServer#reset(Checkpoint)] leads back. Objects are kept as they were stored: it costs
/// their bytes once more, and nothing else.
public final class Checkpoint {
  private final Baseline content;

  Checkpoint(Baseline content) {
    this.content = content;
  }

  Baseline content() {
    return content;
  }
}
