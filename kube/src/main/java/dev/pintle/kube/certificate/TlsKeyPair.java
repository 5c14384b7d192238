package dev.pintle.kube.certificate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A certificate and its private key as a server is given them in PEM. What is wrong with them is told in the words of Go's
/// library; a certificate that cannot be read is told of in one way only.
public final class TlsKeyPair {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final int OCTET_STRING = 0x04;

  /// The bytes of `rsaEncryption` as an algorithm, after the version of PKCS #8.
  private static final byte[] RSA = {
    0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
  };

  /// The bytes of the identifier of `ecPublicKey`.
  private static final byte[] EC_PUBLIC_KEY = {
    0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1
  };

  private static final byte[] VERSION = {2, 1, 0};
  private static final byte[] PROBE = "probe".getBytes(StandardCharsets.US_ASCII);

  private TlsKeyPair() {}

  /// What is wrong with the pair; nothing when a server could use it.
  public static Optional<String> complaint(byte[] certificates, byte[] key) {
    List<String> skipped = new ArrayList<>();
    Optional<PemBlock> certificate = first(certificates, CERTIFICATE::equals, skipped);
    if (certificate.isEmpty()) {
      return Optional.of(withoutCertificate(skipped));
    }
    skipped.clear();
    Optional<PemBlock> block = first(key, TlsKeyPair::isKey, skipped);
    if (block.isEmpty()) {
      return Optional.of(withoutKey(skipped));
    }
    try {
      return complaint(publicKey(certificate.get()), block.get().content().array());
    } catch (CertificateException unreadable) {
      return Optional.of("x509: malformed certificate");
    }
  }

  private static boolean isKey(String type) {
    return type.equals(PRIVATE_KEY) || type.endsWith(" " + PRIVATE_KEY);
  }

  private static Optional<PemBlock> first(
      byte[] text, Predicate<String> wanted, List<String> skipped) {
    for (PemBlock block : PemBlock.all(text)) {
      if (wanted.test(block.type())) {
        return Optional.of(block);
      }
      skipped.add(block.type());
    }
    return Optional.empty();
  }

  private static String withoutCertificate(List<String> skipped) {
    if (skipped.isEmpty()) {
      return "tls: failed to find any PEM data in certificate input";
    }
    return skipped.size() == 1 && skipped.getFirst().endsWith(PRIVATE_KEY)
        ? "tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched"
        : "tls: failed to find \"CERTIFICATE\" PEM block in certificate input after skipping PEM blocks of the following types: "
            + shown(skipped);
  }

  private static String withoutKey(List<String> skipped) {
    if (skipped.isEmpty()) {
      return "tls: failed to find any PEM data in key input";
    }
    return skipped.equals(List.of(CERTIFICATE))
        ? "tls: found a certificate rather than a key in the PEM for the private key"
        : "tls: failed to find PEM block with type ending in \"PRIVATE KEY\" in key input after skipping PEM blocks of the following types: "
            + shown(skipped);
  }

  private static String shown(List<String> types) {
    return "[" + String.join(" ", types) + "]";
  }

  private static PublicKey publicKey(PemBlock certificate) throws CertificateException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(certificate.content().array()))
        .getPublicKey();
  }

  private static Optional<String> complaint(PublicKey certified, byte[] der) {
    Optional<PrivateKey> key = privateKey(der);
    if (key.isEmpty()) {
      return Optional.of("tls: failed to parse private key");
    }
    if (!key.get().getAlgorithm().equals(certified.getAlgorithm())) {
      return Optional.of("tls: private key type does not match public key type");
    }
    return isPair(certified, key.get())
        ? Optional.empty()
        : Optional.of("tls: private key does not match public key");
  }

  private static boolean isPair(PublicKey certified, PrivateKey key) {
    if (certified instanceof RSAPublicKey one) {
      return key instanceof RSAPrivateCrtKey other
          && one.getModulus().equals(other.getModulus())
          && one.getPublicExponent().equals(other.getPublicExponent());
    }
    try {
      Signature signature =
          Signature.getInstance(
              certified.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "EdDSA");
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException different) {
      return false;
    }
  }

  /// In any of the forms in which keys are written: PKCS #1, PKCS #8 or SEC 1.
  private static Optional<PrivateKey> privateKey(byte[] der) {
    return read("RSA", wrapped(RSA, der))
        .or(() -> read("RSA", der))
        .or(() -> read("EC", der))
        .or(() -> read("EdDSA", der))
        .or(() -> bareEc(der));
  }

  /// A bare key of a curve, which it must name itself.
  private static Optional<PrivateKey> bareEc(byte[] der) {
    try {
      DerReader key = new DerReader(der).next(DerReader.SEQUENCE).inside();
      key.next(DerReader.INTEGER);
      key.next(OCTET_STRING);
      byte[] curve = key.next(DerReader.FIRST_CONTEXT).inside().next().whole();
      ByteArrayOutputStream algorithm = new ByteArrayOutputStream();
      algorithm.writeBytes(EC_PUBLIC_KEY);
      algorithm.writeBytes(curve);
      return read("EC", wrapped(element(DerReader.SEQUENCE, algorithm.toByteArray()), der));
    } catch (MalformedException none) {
      return Optional.empty();
    }
  }

  private static Optional<PrivateKey> read(String algorithm, byte[] pkcs8) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    } catch (GeneralSecurityException otherForm) {
      return Optional.empty();
    }
  }

  /// As PKCS #8 wraps the key of an algorithm.
  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(VERSION);
    content.writeBytes(algorithm);
    content.writeBytes(element(OCTET_STRING, key));
    return element(DerReader.SEQUENCE, content.toByteArray());
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    if (content.length < 0x80) {
      element.write(content.length);
    } else {
      int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(content.length) + 7) / Byte.SIZE;
      element.write(0x80 | bytes);
      for (int shift = (bytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
        element.write(content.length >> shift);
      }
    }
    element.writeBytes(content);
    return element.toByteArray();
  }
}
