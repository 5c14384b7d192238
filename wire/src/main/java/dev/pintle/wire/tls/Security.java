package dev.pintle.wire.tls;

/// The choice of whether a listener speaks TLS.
public sealed interface Security {
  Security PLAINTEXT = new Plaintext();

  record Plaintext() implements Security {}

  /// TLS on the given terms, which may be renewed while the listener runs.
  record Tls(TlsTerms terms) implements Security {}

  /// TLS for those who begin it, clear text for all others.
  record Either(TlsTerms terms) implements Security {}
}
