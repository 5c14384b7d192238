package dev.pintle.junit;

import dev.pintle.embed.PintleServer;
import dev.pintle.embed.faults.Chaos;
import java.util.Optional;

/// The report of what a server received before a test failed.
final class FailureReport {
  /// So many requests are told.
  static final int REQUESTS = 50;

  private FailureReport() {}

  /// @param chaos what befell requests, where something was asked for
  static String of(String test, PintleServer server, Optional<Chaos> chaos) {
    return "%s failed, with the server at %s.%s%n%s"
        .formatted(
            test,
            server.url(),
            chaos.map(told -> " Requests met " + told + '.').orElse(""),
            server.requests().text(REQUESTS));
  }
}
