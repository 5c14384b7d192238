package dev.pintle.server.pki;

import java.util.List;

/// The purpose of a certificate, and who it is for.
///
/// @param name the common name
/// @param group the organization, which Kubernetes reads as a group; empty for none
/// @param hosts names and addresses a server answers for
record CertificateProfile(String name, String group, Use use, List<String> hosts) {
  enum Use {
    AUTHORITY,
    SERVER,
    CLIENT
  }

  static final CertificateProfile ADMIN =
      new CertificateProfile("pintle-admin", "system:masters", Use.CLIENT, List.of());

  static final CertificateProfile ETCD_CLIENT =
      new CertificateProfile("pintle-etcd-client", "", Use.CLIENT, List.of());

  static CertificateProfile authority(String name) {
    return new CertificateProfile(name, "", Use.AUTHORITY, List.of());
  }

  static CertificateProfile server(List<String> hosts) {
    return new CertificateProfile("pintle", "", Use.SERVER, List.copyOf(hosts));
  }
}
