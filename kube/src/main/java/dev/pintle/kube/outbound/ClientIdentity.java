package dev.pintle.kube.outbound;

import dev.pintle.kube.certificate.PemBlock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/// The certificate and the key by which the server says who it is to another one.
final class ClientIdentity {
  private final KeyManager[] managers;

  private ClientIdentity(KeyManager[] managers) {
    this.managers = managers;
  }

  /// @param certificate PEM, followed by those that vouch for it
  /// @param key PEM, PKCS#8
  /// @throws IllegalArgumentException when there is no such certificate or key
  static ClientIdentity of(byte[] certificate, byte[] key) {
    try {
      List<Certificate> chain = new ArrayList<>();
      CertificateFactory certificates = CertificateFactory.getInstance("X.509");
      for (PemBlock block : PemBlock.all(certificate)) {
        if (block.type().equals("CERTIFICATE")) {
          chain.add(
              certificates.generateCertificate(new ByteArrayInputStream(block.content().array())));
        }
      }
      if (chain.isEmpty()) {
        throw new IllegalArgumentException(
            "client-certificate: no certificate (expected: PEM with CERTIFICATE)");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("own", key(key), new char[0], chain.toArray(Certificate[]::new));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, new char[0]);
      return new ClientIdentity(factory.getKeyManagers());
    } catch (GeneralSecurityException | IOException unusable) {
      throw new IllegalArgumentException(
          "client-certificate or client-key: " + unusable.getMessage(), unusable);
    }
  }

  private static PrivateKey key(byte[] pem) throws GeneralSecurityException {
    for (PemBlock block : PemBlock.all(pem)) {
      if (block.type().equals("PRIVATE KEY")) {
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(block.content().array());
        for (String kind : List.of("EC", "RSA", "Ed25519")) {
          try {
            return KeyFactory.getInstance(kind).generatePrivate(encoded);
          } catch (InvalidKeySpecException _) {
            // It is of another kind.
          }
        }
      }
    }
    throw new IllegalArgumentException("client-key: no key (expected: PEM with PRIVATE KEY)");
  }

  KeyManager[] managers() {
    return managers.clone();
  }
}
