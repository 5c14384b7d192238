package dev.pintle.embed;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Tests of which each has a server of its own, with everything on, and its administrator's client.
abstract class OneServerEach {
  PintleServer server;
  Http client;

  @BeforeEach
  void start() throws Exception {
    server = PintleServer.builder().start();
    client = Http.of(server);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }
}
