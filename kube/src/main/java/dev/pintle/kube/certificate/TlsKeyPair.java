package dev.pintle.kube.certificate;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
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
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A certificate and its private key as a server is given them in PEM. What is wrong with them is told in the words of Go's
/// library; a certificate that cannot be read is told of in one way only.
public final class TlsKeyPair {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final int RSA_NUMBERS = 8;

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
    return bareRsa(der)
        .or(() -> read("RSA", new PKCS8EncodedKeySpec(der)))
        .or(() -> read("EC", new PKCS8EncodedKeySpec(der)))
        .or(() -> read("EdDSA", new PKCS8EncodedKeySpec(der)))
        .or(() -> bareEc(der));
  }

  /// PKCS #1 (RFC 8017, A.1.2).
  private static Optional<PrivateKey> bareRsa(byte[] der) {
    try {
      Asn1Reader key = new Asn1Reader(der).next(Asn1Reader.SEQUENCE, "").inside();
      boolean known = number(key).compareTo(BigInteger.ONE) <= 0;
      BigInteger[] n = new BigInteger[RSA_NUMBERS];
      for (int i = 0; i < RSA_NUMBERS; i++) {
        n[i] = number(key);
        known &= n[i].signum() > 0;
      }
      return known
          ? read("RSA", new RSAPrivateCrtKeySpec(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]))
          : Optional.empty();
    } catch (MalformedException otherForm) {
      return Optional.empty();
    }
  }

  /// SEC 1 (RFC 5915): of a curve, which it must name itself.
  private static Optional<PrivateKey> bareEc(byte[] der) {
    try {
      Asn1Reader key = new Asn1Reader(der).next(Asn1Reader.SEQUENCE, "").inside();
      boolean known = number(key).equals(BigInteger.ONE);
      BigInteger secret = new BigInteger(1, key.next(Asn1Reader.OCTET_STRING, "").content());
      Asn1Reader named = key.tagged(0).inside();
      NamedCurve curve =
          NamedCurve.of(Asn1Reader.dotted(named.next(Asn1Reader.OBJECT_IDENTIFIER, "")));
      ECParameterSpec parameters = curve == null ? null : curve.spec();
      return known && parameters != null
          ? read("EC", new ECPrivateKeySpec(secret, parameters))
          : Optional.empty();
    } catch (MalformedException none) {
      return Optional.empty();
    }
  }

  private static BigInteger number(Asn1Reader numbers) throws MalformedException {
    byte[] content = numbers.next(Asn1Reader.INTEGER, "").content();
    if (content.length == 0) {
      throw Asn1Reader.structure("empty integer");
    }
    return new BigInteger(content);
  }

  private static Optional<PrivateKey> read(String algorithm, KeySpec key) {
    try {
      return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(key));
    } catch (GeneralSecurityException otherForm) {
      return Optional.empty();
    }
  }
}
