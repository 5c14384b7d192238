package dev.pintle.junit;

import dev.pintle.embed.PintleServer;
import dev.pintle.embed.faults.Chaos;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One test and what it is given.
final class MethodScope implements AutoCloseable {
  private final PintleServer server;
  private final boolean isOwn;
  private final TestResources handles;

  /// What befalls requests, where that is asked for; it is kept for the report of a failure.
  private @Nullable Chaos chaos;

  private MethodScope(PintleServer server, boolean isOwn) {
    this.server = server;
    this.isOwn = isOwn;
    this.handles = new TestResources(server);
    // What was asked so far is not the test's.
    server.requests().clear();
  }

  static MethodScope sharing(PintleServer server) {
    return new MethodScope(server, false);
  }

  static MethodScope owning(PintleServer server) {
    return new MethodScope(server, true);
  }

  /// Lets requests meet faults from now on.
  void begin(WithFaults wanted) {
    Chaos begun = AnnotatedChaos.of(wanted);
    AnnotatedChaos.begin(server, begun);
    chaos = begun;
  }

  void endFaults() {
    server.faults().clear();
  }

  Optional<Chaos> chaos() {
    return Optional.ofNullable(chaos);
  }

  PintleServer server() {
    return server;
  }

  TestResources handles() {
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
