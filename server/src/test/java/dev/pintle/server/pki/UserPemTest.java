package dev.pintle.server.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.server.failure.StartException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserPemTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir private Path folder;

  private Path file(String... parts) throws Exception {
    return Files.writeString(folder.resolve("key.pem"), String.join("", parts));
  }

  private static KeyPair curve(String name) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(name));
    return generator.generateKeyPair();
  }

  private static KeyPair rsa() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  /// What a general form has within it.
  private static byte[] bare(KeyPair pair) throws Exception {
    return PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded())
        .parsePrivateKey()
        .toASN1Primitive()
        .getEncoded();
  }

  @Test
  void aKeyOfRsaIsReadInBothForms() throws Exception {
    KeyPair pair = rsa();
    for (Path file :
        List.of(
            file(Pem.write("PRIVATE KEY", pair.getPrivate().getEncoded())),
            file("a comment\n", Pem.write("RSA PRIVATE KEY", bare(pair))))) {
      KeyPair read = UserPem.keyPair(file);
      assertThat(read.getPrivate()).isEqualTo(pair.getPrivate());
      assertThat(read.getPublic()).isEqualTo(pair.getPublic());
    }
  }

  @Test
  void aKeyOnACurveHasItsPublicHalfFromItself() throws Exception {
    for (String name : List.of("secp256r1", "secp384r1", "secp521r1")) {
      for (int i = 0; i < 8; i++) {
        KeyPair pair = curve(name);
        ECPrivateKey key = (ECPrivateKey) pair.getPrivate();
        int bits = key.getParams().getOrder().bitLength();
        var withCurve =
            new org.bouncycastle.asn1.sec.ECPrivateKey(
                bits,
                key.getS(),
                PrivateKeyInfo.getInstance(key.getEncoded())
                    .getPrivateKeyAlgorithm()
                    .getParameters());
        for (String text :
            List.of(
                Pem.write("PRIVATE KEY", key.getEncoded()),
                Pem.write("EC PARAMETERS", new byte[] {5, 0})
                    + Pem.write("EC PRIVATE KEY", withCurve.toASN1Primitive().getEncoded()))) {
          KeyPair read = UserPem.keyPair(file(text));
          assertThat(((ECPrivateKey) read.getPrivate()).getS()).isEqualTo(key.getS());
          assertThat(read.getPublic()).isEqualTo(pair.getPublic());
        }
      }
    }
  }

  @Test
  void aFileOfSeveralKeysGivesAllThatCheckSignatures() throws Exception {
    KeyPair one = rsa();
    KeyPair two = curve("secp256r1");
    KeyPair three = curve("secp384r1");
    Credential certified =
        new CertificateMaker(new SecureRandom(), NOW).authority(CertificateProfile.authority("a"));
    byte[] bits =
        SubjectPublicKeyInfo.getInstance(one.getPublic().getEncoded())
            .getPublicKeyData()
            .getOctets();
    List<PublicKey> keys =
        UserPem.publicKeys(
            file(
                Pem.write("PUBLIC KEY", one.getPublic().getEncoded()),
                Pem.write("RSA PUBLIC KEY", bits),
                Pem.write("PUBLIC KEY", two.getPublic().getEncoded()),
                Pem.write("PRIVATE KEY", three.getPrivate().getEncoded()),
                certified.certificatePem()));
    assertThat(keys)
        .containsExactly(
            one.getPublic(),
            one.getPublic(),
            two.getPublic(),
            three.getPublic(),
            certified.certificate().getPublicKey());
  }

  @Test
  void whatIsNoKeyIsToldWithItsFile() throws Exception {
    String encrypted = Pem.write("ENCRYPTED PRIVATE KEY", new byte[] {0x30, 0});
    String oldEncrypted =
        Pem.write("RSA PRIVATE KEY", new byte[] {1, 2, 3})
            .replace("KEY-----\nAQID", "KEY-----\nProc-Type: 4,ENCRYPTED\n\nAQID");
    for (String text : List.of("", "nothing", encrypted, oldEncrypted)) {
      assertThatThrownBy(() -> UserPem.keyPair(file(text)))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("key.pem: cannot be used: no private key in PEM");
    }
    for (byte[] damaged :
        List.of(new byte[0], new byte[] {0x30}, Der.sequence(), Der.integer(BigInteger.ONE))) {
      for (String type : List.of("PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY")) {
        assertThatThrownBy(() -> UserPem.keyPair(file(Pem.write(type, damaged))))
            .isInstanceOf(StartException.class)
            .hasMessageContaining("key.pem: cannot be used: ");
      }
    }
    assertThatThrownBy(() -> UserPem.publicKeys(file(encrypted)))
        .hasMessageContaining("no key in PEM (expected: RSA, or a curve)");
  }

  @Test
  void aServerMayHaveAKeyOfAnyKind() throws Exception {
    KeyPair edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Path key = file(Pem.write("PRIVATE KEY", edwards.getPrivate().getEncoded()));
    Credential other =
        new CertificateMaker(new SecureRandom(), NOW).authority(CertificateProfile.authority("a"));
    Path certificate = Files.writeString(folder.resolve("certificate.pem"), other.certificatePem());
    assertThatThrownBy(() -> UserPem.credential(certificate, key))
        .hasMessageContaining("key.pem: not the key of ");
    Path fitting = file(other.keyPem());
    assertThat(UserPem.credential(certificate, fitting).key().getEncoded())
        .isEqualTo(other.key().getEncoded());
  }
}
