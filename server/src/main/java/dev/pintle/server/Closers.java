package dev.pintle.server;

import java.util.ArrayDeque;
import java.util.Deque;

/// The list of what was opened, closed in reverse. One that fails to close does not keep the others open.
final class Closers implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Closers.class.getName());

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T resource) {
    opened.push(resource);
    return resource;
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      AutoCloseable resource = opened.pop();
      try {
        resource.close();
      } catch (Exception failed) {
        LOG.log(
            System.Logger.Level.WARNING,
            "closing {0}: {1}",
            resource.getClass().getSimpleName(),
            failed.getMessage());
      }
    }
  }
}
