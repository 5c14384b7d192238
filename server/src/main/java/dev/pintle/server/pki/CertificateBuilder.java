package dev.pintle.server.pki;

import dev.pintle.kube.certificate.Asn1Reader;
import dev.pintle.kube.certificate.MalformedException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A certificate that is being put together (RFC 5280, 4.1), until it is signed.
final class CertificateBuilder {
  static final int DIGITAL_SIGNATURE = 1;
  static final int KEY_ENCIPHERMENT = 1 << 2;
  static final int KEY_CERT_SIGN = 1 << 5;
  static final int CRL_SIGN = 1 << 6;

  static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
  private static final int VERSION_3 = 2;
  private static final int EXTENSIONS = 3;
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";

  private final byte[] serial;
  private final byte[] life;
  private final byte[] subject;
  private final byte[] key;
  private final List<byte[]> extensions = new ArrayList<>();

  /// @param subject a name in DER
  CertificateBuilder(
      BigInteger serial, Instant from, Instant until, byte[] subject, PublicKey key) {
    this.serial = Der.integer(serial);
    this.life = Der.sequence(Der.time(from), Der.time(until));
    this.subject = subject.clone();
    this.key = key.getEncoded();
  }

  CertificateBuilder basicConstraints(boolean authority) {
    return extension(BASIC_CONSTRAINTS, true, authority ? Der.sequence(Der.TRUE) : Der.sequence());
  }

  /// @param usages the bits of RFC 5280, 4.2.1.3, the first one lowest
  CertificateBuilder keyUsage(int usages) {
    return extension(KEY_USAGE, true, Der.namedBits(usages));
  }

  /// @param purposes object identifiers in dotted form
  CertificateBuilder extendedKeyUsage(List<String> purposes) {
    return extension(
        EXTENDED_KEY_USAGE, false, Der.sequence(purposes.stream().map(Der::identifier).toList()));
  }

  CertificateBuilder subjectKey(byte[] identifier) {
    return extension(SUBJECT_KEY_IDENTIFIER, false, Der.octets(identifier));
  }

  CertificateBuilder authorityKey(byte[] identifier) {
    return extension(AUTHORITY_KEY_IDENTIFIER, false, Der.sequence(Der.implicit(0, identifier)));
  }

  /// @param names each as [GeneralNames] encodes it
  CertificateBuilder alternativeNames(List<byte[]> names, boolean critical) {
    return extension(ALTERNATIVE_NAMES, critical, Der.sequence(names));
  }

  private CertificateBuilder extension(String type, boolean critical, byte[] value) {
    byte[] identifier = Der.identifier(type);
    byte[] content = Der.octets(value);
    extensions.add(
        critical ? Der.sequence(identifier, Der.TRUE, content) : Der.sequence(identifier, content));
    return this;
  }

  /// The certificate in DER.
  ///
  /// @param issuer a name in DER
  byte[] sign(byte[] issuer, AuthoritySignature algorithm, PrivateKey by)
      throws GeneralSecurityException {
    byte[] signed =
        Der.sequence(
            Der.explicit(0, Der.integer(BigInteger.valueOf(VERSION_3))),
            serial,
            algorithm.identifier(),
            issuer,
            life,
            subject,
            key,
            Der.explicit(EXTENSIONS, Der.sequence(extensions)));
    Signature signature = Signature.getInstance(algorithm.java());
    signature.initSign(by);
    signature.update(signed);
    return Der.sequence(signed, algorithm.identifier(), Der.bits(signature.sign()));
  }

  /// The name by which certificates tell of a key: the SHA-1 of its bits (RFC 5280, 4.2.1.2).
  static byte[] identifierOf(PublicKey key) throws GeneralSecurityException {
    try {
      Asn1Reader parts = new Asn1Reader(key.getEncoded()).next(Asn1Reader.SEQUENCE, "").inside();
      parts.any();
      byte[] bits = Asn1Reader.bits(parts.next(Asn1Reader.BIT_STRING, ""));
      return MessageDigest.getInstance("SHA-1").digest(bits);
    } catch (MalformedException unknown) {
      throw new GeneralSecurityException("a key of no known form", unknown);
    }
  }
}
