package dev.pintle.wire.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/// The terms on which a listener speaks TLS.
///
/// @param identity what the server shows
/// @param clientAuth what is asked of clients
/// @param clientAuthorities who may vouch for a client
/// @param engine whose TLS is used
/// @param handshakeMax how long a handshake may take
/// @param rules what is narrower than usual
public record TlsConfig(
    TlsIdentity identity,
    ClientAuth clientAuth,
    List<X509Certificate> clientAuthorities,
    Engine engine,
    Duration handshakeMax,
    TlsRules rules) {
  public static final Duration HANDSHAKE_MAX_DEFAULT = Duration.ofSeconds(10);

  /// The demand on clients.
  public enum ClientAuth {
    /// Nothing.
    NONE,
    /// A certificate, if they have one. One that no authority vouches for does not end the handshake: the request sees
    /// that it was refused.
    REQUEST,
    /// A certificate that an authority vouches for; without it there is no connection.
    REQUIRE
  }

  /// The maker of the TLS that is used.
  public enum Engine {
    JDK,
    /// Cheaper, above all when many connections come and go; refused where it does not load.
    BORINGSSL,
    /// BoringSSL where it loads, else the JDK's.
    FASTEST
  }

  public TlsConfig {
    clientAuthorities = List.copyOf(clientAuthorities);
    if (clientAuth == ClientAuth.REQUIRE && clientAuthorities.isEmpty()) {
      throw new IllegalArgumentException(
          "tls.client-authorities: none (expected: at least one when certificates are required)");
    }
  }

  public static TlsConfig of(TlsIdentity identity) {
    return new TlsConfig(
        identity, ClientAuth.NONE, List.of(), Engine.JDK, HANDSHAKE_MAX_DEFAULT, TlsRules.DEFAULT);
  }

  public TlsConfig withClients(ClientAuth auth, List<X509Certificate> authorities) {
    return new TlsConfig(identity, auth, authorities, engine, handshakeMax, rules);
  }

  public TlsConfig withEngine(Engine changed) {
    return new TlsConfig(identity, clientAuth, clientAuthorities, changed, handshakeMax, rules);
  }

  public TlsConfig withIdentity(TlsIdentity changed) {
    return new TlsConfig(changed, clientAuth, clientAuthorities, engine, handshakeMax, rules);
  }

  public TlsConfig withRules(TlsRules changed) {
    return new TlsConfig(identity, clientAuth, clientAuthorities, engine, handshakeMax, changed);
  }
}
