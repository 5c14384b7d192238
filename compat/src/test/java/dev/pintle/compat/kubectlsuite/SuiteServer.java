package dev.pintle.compat.kubectlsuite;

import java.nio.file.Path;

/// A server that knows the suite's token.
interface SuiteServer extends AutoCloseable {
  /// The token that the suite shows, of a member of `system:masters`.
  String TOKEN = "admin-token";

  /// Where it listens on the loopback.
  int port();

  /// The certificate that it shows.
  Path certificate();

  @Override
  void close();
}
