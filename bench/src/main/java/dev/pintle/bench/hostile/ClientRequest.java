package dev.pintle.bench.hostile;

import java.io.IOException;

/// One small request, or two that belong together, of a client that behaves.
interface ClientRequest extends AutoCloseable {
  /// @throws IOException when the answer was not what it should be
  void run() throws IOException, InterruptedException;

  @Override
  void close();
}
