package dev.pintle.server.pki;

import java.util.List;

/// Who a certificate is for, and what it may be used for.
///
/// @param name the common name
/// @param group the organization, which Kubernetes reads as a group; empty for none
/// @param hosts names and addresses a server answers for
record Subject(String name, String group, Use use, List<String> hosts) {
  enum Use {
    AUTHORITY,
    SERVER,
    CLIENT
  }

  static final Subject ADMIN = new Subject("pintle-admin", "system:masters", Use.CLIENT, List.of());

  static final Subject ETCD_CLIENT = new Subject("pintle-etcd-client", "", Use.CLIENT, List.of());

  static Subject authority(String name) {
    return new Subject(name, "", Use.AUTHORITY, List.of());
  }

  static Subject server(List<String> hosts) {
    return new Subject("pintle", "", Use.SERVER, List.copyOf(hosts));
  }
}
