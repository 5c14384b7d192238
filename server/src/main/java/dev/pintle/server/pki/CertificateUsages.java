package dev.pintle.server.pki;

import java.util.List;

/// The usages that a certificate may be asked for, as Kubernetes names them, and how a certificate says them (RFC 5280, 4.2.1.3 and
/// 4.2.1.12).
final class CertificateUsages {
  static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

  /// By bits, the first one lowest.
  private static final List<List<String>> BITS =
      List.of(
          List.of("digital signature", "signing"),
          List.of("content commitment"),
          List.of("key encipherment"),
          List.of("data encipherment"),
          List.of("key agreement"),
          List.of("cert sign"),
          List.of("crl sign"),
          List.of("encipher only"),
          List.of("decipher only"));

  private record Purpose(String identifier, List<String> names) {}

  /// In the order in which Go writes them.
  private static final List<Purpose> PURPOSES =
      List.of(
          new Purpose("2.5.29.37.0", List.of("any")),
          new Purpose(SERVER_AUTH, List.of("server auth")),
          new Purpose(CLIENT_AUTH, List.of("client auth")),
          new Purpose("1.3.6.1.5.5.7.3.3", List.of("code signing")),
          new Purpose("1.3.6.1.5.5.7.3.4", List.of("email protection", "s/mime")),
          new Purpose("1.3.6.1.5.5.7.3.5", List.of("ipsec end system")),
          new Purpose("1.3.6.1.5.5.7.3.6", List.of("ipsec tunnel")),
          new Purpose("1.3.6.1.5.5.7.3.7", List.of("ipsec user")),
          new Purpose("1.3.6.1.5.5.7.3.8", List.of("timestamping")),
          new Purpose("1.3.6.1.5.5.7.3.9", List.of("ocsp signing")),
          new Purpose("1.3.6.1.4.1.311.10.3.3", List.of("microsoft sgc")),
          new Purpose("2.16.840.1.113730.4.1", List.of("netscape sgc")));

  private CertificateUsages() {}

  /// Says what the key may be used for, and what the certificate may be shown for; nothing of either where nothing is asked for.
  static void add(CertificateBuilder builder, List<String> usages) {
    int bits = 0;
    for (int bit = 0; bit < BITS.size(); bit++) {
      if (BITS.get(bit).stream().anyMatch(usages::contains)) {
        bits |= 1 << bit;
      }
    }
    if (bits != 0) {
      builder.keyUsage(bits);
    }
    List<String> purposes =
        PURPOSES.stream()
            .filter(purpose -> usages.stream().anyMatch(purpose.names()::contains))
            .map(Purpose::identifier)
            .toList();
    if (!purposes.isEmpty()) {
      builder.extendedKeyUsage(purposes);
    }
  }
}
