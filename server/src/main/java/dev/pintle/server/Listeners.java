package dev.pintle.server;

import dev.pintle.server.config.Endpoint;
import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import dev.pintle.wire.SharedLimits;
import dev.pintle.wire.ShedCounts;
import dev.pintle.wire.budget.ConnectionLimiter;
import dev.pintle.wire.listen.ListenerConfig;
import dev.pintle.wire.listen.WireServer;
import dev.pintle.wire.loop.EventLoops;
import dev.pintle.wire.time.WireClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The open listeners. They are closed together, so that stopping takes the time of the slowest client and not of one a
/// listener.
final class Listeners implements AutoCloseable {
  /// How long clients have to finish what they asked once the program is told to stop.
  static final Duration DRAIN_MAX = Duration.ofSeconds(3);

  private final EventLoops loops;
  private final ConnectionLimiter limiter;
  private final List<WireServer> servers = new ArrayList<>();

  /// To be made once everything else is open: what is left of the descriptors is for connections.
  ///
  /// @param shed counts who meets a limit
  Listeners(EventLoops loops, ShedCounts shed) {
    this.loops = loops;
    this.limiter =
        new ConnectionLimiter(
            SharedLimits.of(Runtime.getRuntime().maxMemory(), Descriptors.now().forConnections()),
            WireClock.SYSTEM,
            shed);
  }

  /// Listens, and answers where: `at` with the port that was chosen.
  ///
  /// @param flag by which the user chose the address
  Endpoint open(String flag, Endpoint at, ListenerConfig config) throws StartException {
    WireServer server = openAlone(flag, at, config);
    servers.add(server);
    return at.withPort(server.port());
  }

  /// Listens on a socket that is a file.
  ///
  /// @param at its URL, for who must be told that it cannot be listened on
  void open(String flag, String at, ListenerConfig config) throws StartException {
    servers.add(listen(flag, at, config));
  }

  /// As [#open], for a listener that whoever asked for it closes.
  WireServer openAlone(String flag, Endpoint at, ListenerConfig config) throws StartException {
    return listen(flag, at.toString(), config);
  }

  private WireServer listen(String flag, String at, ListenerConfig config) throws StartException {
    try {
      return WireServer.listen(loops, config.withLimiter(limiter));
    } catch (IOException taken) {
      throw new StartException(
          ExitCode.ADDRESS,
          "%s %s: cannot listen: %s; stop what listens there, or choose another with %s HOST:PORT"
              .formatted(flag, at, reason(taken), flag),
          taken);
    }
  }

  @Override
  public void close() {
    List<Thread> draining = new ArrayList<>();
    for (WireServer server : servers) {
      draining.add(Thread.ofVirtual().start(() -> server.close(DRAIN_MAX)));
    }
    try {
      for (Thread thread : draining) {
        thread.join();
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private static String reason(IOException taken) {
    Throwable cause = taken.getCause() == null ? taken : taken.getCause();
    return String.valueOf(cause.getMessage());
  }
}
