package dev.pintle.junit;

import dev.pintle.embed.PintleServer;

/// One test and what it is given.
final class MethodScope implements AutoCloseable {
  private final PintleServer server;
  private final boolean isOwn;
  private final Handles handles;

  private MethodScope(PintleServer server, boolean isOwn) {
    this.server = server;
    this.isOwn = isOwn;
    this.handles = new Handles(server);
  }

  static MethodScope sharing(PintleServer server) {
    return new MethodScope(server, false);
  }

  static MethodScope owning(PintleServer server) {
    return new MethodScope(server, true);
  }

  PintleServer server() {
    return server;
  }

  Handles handles() {
    return handles;
  }

  @Override
  public void close() {
    try {
      handles.close();
    } finally {
      if (isOwn) {
        server.close();
      }
    }
  }
}
