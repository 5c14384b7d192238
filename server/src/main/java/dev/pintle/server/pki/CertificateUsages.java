package dev.pintle.server.pki;

import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/// The usages that a certificate may be asked for, as Kubernetes names them, and how a certificate says them (RFC 5280, 4.2.1.3 and
/// 4.2.1.12).
final class CertificateUsages {
  private static final Map<String, Integer> BITS =
      Map.of(
          "signing", KeyUsage.digitalSignature,
          "digital signature", KeyUsage.digitalSignature,
          "content commitment", KeyUsage.nonRepudiation,
          "key encipherment", KeyUsage.keyEncipherment,
          "data encipherment", KeyUsage.dataEncipherment,
          "key agreement", KeyUsage.keyAgreement,
          "cert sign", KeyUsage.keyCertSign,
          "crl sign", KeyUsage.cRLSign,
          "encipher only", KeyUsage.encipherOnly,
          "decipher only", KeyUsage.decipherOnly);

  private record Purpose(KeyPurposeId identifier, List<String> names) {}

  /// In the order in which Go writes them.
  private static final List<Purpose> PURPOSES =
      List.of(
          new Purpose(KeyPurposeId.anyExtendedKeyUsage, List.of("any")),
          new Purpose(KeyPurposeId.id_kp_serverAuth, List.of("server auth")),
          new Purpose(KeyPurposeId.id_kp_clientAuth, List.of("client auth")),
          new Purpose(KeyPurposeId.id_kp_codeSigning, List.of("code signing")),
          new Purpose(KeyPurposeId.id_kp_emailProtection, List.of("email protection", "s/mime")),
          new Purpose(KeyPurposeId.id_kp_ipsecEndSystem, List.of("ipsec end system")),
          new Purpose(KeyPurposeId.id_kp_ipsecTunnel, List.of("ipsec tunnel")),
          new Purpose(KeyPurposeId.id_kp_ipsecUser, List.of("ipsec user")),
          new Purpose(KeyPurposeId.id_kp_timeStamping, List.of("timestamping")),
          new Purpose(KeyPurposeId.id_kp_OCSPSigning, List.of("ocsp signing")),
          new Purpose(KeyPurposeId.id_kp_msSGC, List.of("microsoft sgc")),
          new Purpose(KeyPurposeId.id_kp_nsSGC, List.of("netscape sgc")));

  private CertificateUsages() {}

  /// Says what the key may be used for, and what the certificate may be shown for; nothing of either where nothing is asked for.
  static void add(X509v3CertificateBuilder builder, List<String> usages) throws CertIOException {
    int bits = 0;
    for (String usage : usages) {
      bits |= BITS.getOrDefault(usage, 0);
    }
    if (bits != 0) {
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(bits));
    }
    KeyPurposeId[] purposes =
        PURPOSES.stream()
            .filter(purpose -> usages.stream().anyMatch(purpose.names()::contains))
            .map(Purpose::identifier)
            .toArray(KeyPurposeId[]::new);
    if (purposes.length > 0) {
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    }
  }
}
