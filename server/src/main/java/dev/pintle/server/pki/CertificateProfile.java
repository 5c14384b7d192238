package dev.pintle.server.pki;

import java.util.List;

/// The purpose of a certificate, and who it is for.
///
/// @param name the common name
/// @param group the organization, which Kubernetes reads as a group; empty for none
/// @param key what its key is
/// @param hosts names and addresses a server answers for
record CertificateProfile(String name, String group, Use use, Key key, List<String> hosts) {
  enum Use {
    AUTHORITY,
    SERVER,
    CLIENT
  }

  /// A kind of key.
  enum Key {
    /// On the curve P-256; made in no time.
    CURVE,
    /// What clients take a key in a kubeconfig for unless told otherwise; made in a good part of a second.
    RSA
  }

  static final CertificateProfile ADMIN =
      new CertificateProfile("pintle-admin", "system:masters", Use.CLIENT, Key.RSA, List.of());

  static final CertificateProfile ETCD_CLIENT =
      new CertificateProfile("pintle-etcd-client", "", Use.CLIENT, Key.CURVE, List.of());

  static CertificateProfile authority(String name) {
    return new CertificateProfile(name, "", Use.AUTHORITY, Key.CURVE, List.of());
  }

  static CertificateProfile server(List<String> hosts) {
    return new CertificateProfile("pintle", "", Use.SERVER, Key.CURVE, List.copyOf(hosts));
  }

  CertificateProfile withKey(Key other) {
    return new CertificateProfile(name, group, use, other, hosts);
  }
}
