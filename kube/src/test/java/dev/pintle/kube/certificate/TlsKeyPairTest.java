package dev.pintle.kube.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;

final class TlsKeyPairTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private final TestAuthority authority = new TestAuthority();

  private static KeyPair keys(String algorithm, int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private byte[] certificate(KeyPair keys) throws GeneralSecurityException {
    RequestedNames names = RequestedNames.of(Map.of("2.5.4.3", List.of("n")), List.of());
    Instant until = NOW.plus(Duration.ofDays(1));
    return authority
        .issue(new CertificateOrder(names, keys.getPublic(), List.of(), NOW, NOW, until))
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] pem(String type, byte[] der) {
    return TestAuthority.pem(type, der).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] bare(KeyPair keys) throws IOException {
    return PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded())
        .parsePrivateKey()
        .toASN1Primitive()
        .getEncoded();
  }

  /// That names its curve.
  private static byte[] bareOfCurve(KeyPair keys) throws IOException {
    var number = ((ECPrivateKey) keys.getPrivate()).getS();
    return new org.bouncycastle.asn1.sec.ECPrivateKey(256, number, X9ObjectIdentifiers.prime256v1)
        .getEncoded();
  }

  @Test
  void aKeyMayBeWrittenInAnyOfItsForms() throws Exception {
    KeyPair rsa = keys("RSA", 2_048);
    KeyPair curve = keys("EC", 256);
    byte[] rsaWrapped = pem("PRIVATE KEY", rsa.getPrivate().getEncoded());
    byte[] curveWrapped = pem("PRIVATE KEY", curve.getPrivate().getEncoded());
    assertThat(TlsKeyPair.complaint(certificate(rsa), rsaWrapped)).isEmpty();
    assertThat(TlsKeyPair.complaint(certificate(rsa), pem("RSA PRIVATE KEY", bare(rsa)))).isEmpty();
    assertThat(TlsKeyPair.complaint(certificate(curve), curveWrapped)).isEmpty();
    assertThat(TlsKeyPair.complaint(certificate(curve), pem("EC PRIVATE KEY", bareOfCurve(curve))))
        .isEmpty();
    assertThat(TlsKeyPair.complaint(certificate(rsa), curveWrapped))
        .contains("tls: private key type does not match public key type");
    assertThat(
            TlsKeyPair.complaint(
                certificate(keys("EC", 256)), pem("EC PRIVATE KEY", bareOfCurve(curve))))
        .contains("tls: private key does not match public key");
  }

  @Test
  void whatIsNoKeyIsRefused() throws Exception {
    byte[] certificate = certificate(keys("EC", 256));
    assertThat(TlsKeyPair.complaint(certificate, pem("EC PRIVATE KEY", new byte[] {0x30, 0})))
        .contains("tls: failed to parse private key");
    byte[] cut = bareOfCurve(keys("EC", 256));
    for (int length = 0; length < cut.length; length++) {
      byte[] key = pem("EC PRIVATE KEY", Arrays.copyOf(cut, length));
      assertThat(TlsKeyPair.complaint(certificate, key)).isPresent();
    }
    byte[] numbers = bare(keys("RSA", 2_048));
    for (int at = 0; at < 40; at++) {
      byte[] changed = numbers.clone();
      changed[at] ^= (byte) 0x80;
      assertThat(TlsKeyPair.complaint(certificate, pem("RSA PRIVATE KEY", changed))).isPresent();
    }
    assertThat(TlsKeyPair.complaint(certificate, certificate))
        .contains("tls: found a certificate rather than a key in the PEM for the private key");
  }
}
