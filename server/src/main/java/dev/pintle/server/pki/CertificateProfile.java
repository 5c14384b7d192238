package dev.pintle.server.pki;

import java.util.List;

/// The purpose of a certificate, and who it is for.
///
/// @param name the common name
/// @param groups the organizations, which Kubernetes reads as groups
/// @param key what its key is
/// @param hosts names and addresses a server answers for
record CertificateProfile(String name, List<String> groups, Use use, Key key, List<String> hosts) {
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
      new CertificateProfile(
          "pintle-admin", List.of("system:masters"), Use.CLIENT, Key.RSA, List.of());

  static final CertificateProfile ETCD_CLIENT =
      new CertificateProfile("pintle-etcd-client", List.of(), Use.CLIENT, Key.CURVE, List.of());

  static CertificateProfile authority(String name) {
    return new CertificateProfile(name, List.of(), Use.AUTHORITY, Key.CURVE, List.of());
  }

  static CertificateProfile server(List<String> hosts) {
    return new CertificateProfile("pintle", List.of(), Use.SERVER, Key.CURVE, List.copyOf(hosts));
  }

  static CertificateProfile user(String name, List<String> groups, Key key) {
    return new CertificateProfile(name, List.copyOf(groups), Use.CLIENT, key, List.of());
  }

  CertificateProfile withKey(Key other) {
    return new CertificateProfile(name, groups, use, other, hosts);
  }
}
