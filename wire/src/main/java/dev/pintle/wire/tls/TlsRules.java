package dev.pintle.wire.tls;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;

/// The rules of a listener's TLS that its owner may make narrower.
///
/// @param versions of the protocol that are spoken
/// @param ciphers of TLS 1.2, by the names that the standards give them; none for the usual ones. Those of 1.3 cannot be chosen
/// @param revoked the serial numbers of certificates that are not believed, wherever in a client's chain
/// @param clientNames the common names of which a client must have one; none for any
/// @param clientHosts the hosts and addresses for one of which a client's certificate must speak; none for any
public record TlsRules(
    Set<Version> versions,
    List<String> ciphers,
    Set<BigInteger> revoked,
    List<String> clientNames,
    List<String> clientHosts) {
  public static final TlsRules DEFAULT =
      new TlsRules(
          Set.of(Version.TLS_1_2, Version.TLS_1_3), List.of(), Set.of(), List.of(), List.of());

  /// A version of TLS.
  public enum Version {
    TLS_1_2("TLSv1.2"),
    TLS_1_3("TLSv1.3");

    private final String protocol;

    Version(String protocol) {
      this.protocol = protocol;
    }

    String protocol() {
      return protocol;
    }
  }

  public TlsRules {
    versions = Set.copyOf(versions);
    ciphers = List.copyOf(ciphers);
    revoked = Set.copyOf(revoked);
    clientNames = List.copyOf(clientNames);
    clientHosts = List.copyOf(clientHosts);
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("tls.versions: none (expected: at least one)");
    }
  }

  public TlsRules withRevoked(Set<BigInteger> serials) {
    return new TlsRules(versions, ciphers, serials, clientNames, clientHosts);
  }

  /// Whether any client that an authority vouches for is believed.
  boolean believesAll() {
    return revoked.isEmpty() && clientNames.isEmpty() && clientHosts.isEmpty();
  }

  String[] protocols() {
    return versions.stream().sorted().map(Version::protocol).toArray(String[]::new);
  }
}
