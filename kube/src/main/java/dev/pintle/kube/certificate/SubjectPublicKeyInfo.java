package dev.pintle.kube.certificate;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.certificate.Asn1Reader.Element;
import java.math.BigInteger;
import java.util.Arrays;

/// The public key of a request, taken apart as far as upstream tells what is wrong with it.
record SubjectPublicKeyInfo(AlgorithmIdentifier algorithm, Bytes bits) {
  private static final byte[] NULL = {5, 0};
  private static final int ED25519_BYTES = 32;
  private static final int LONG_BITS = 63;

  /// @param key a SEQUENCE of the algorithm and the bits
  static SubjectPublicKeyInfo of(Element key) throws MalformedException {
    Asn1Reader parts = key.inside();
    AlgorithmIdentifier algorithm = AlgorithmIdentifier.of(parts);
    return new SubjectPublicKeyInfo(
        algorithm, Bytes.wrap(Asn1Reader.bits(parts.next(Asn1Reader.BIT_STRING, "BitString"))));
  }

  KeyKind kind() {
    return KeyKind.of(algorithm.name());
  }

  /// Refuses what is no key of its kind.
  void require() throws MalformedException {
    switch (kind()) {
      case RSA -> requireRsa();
      case EC -> requireCurve();
      case ED25519 -> requireEd25519();
      case UNKNOWN -> {}
    }
  }

  private void requireRsa() throws MalformedException {
    if (!Arrays.equals(algorithm.parameterBytes(), NULL)) {
      throw new MalformedException("x509: RSA key missing NULL parameters");
    }
    Asn1Reader numbers = numbers();
    BigInteger modulus = number(numbers, "modulus");
    BigInteger exponent = number(numbers, "public exponent");
    if (exponent.bitLength() > LONG_BITS) {
      throw new MalformedException("x509: invalid RSA public exponent");
    }
    requirePositive(modulus, "modulus");
    requirePositive(exponent, "public exponent");
  }

  private Asn1Reader numbers() throws MalformedException {
    try {
      return new Asn1Reader(bits.array()).next(Asn1Reader.SEQUENCE, "").inside();
    } catch (MalformedException wrong) {
      throw new MalformedException("x509: invalid RSA public key");
    }
  }

  private static BigInteger number(Asn1Reader numbers, String what) throws MalformedException {
    byte[] content;
    try {
      content = numbers.next(Asn1Reader.INTEGER, "").content();
    } catch (MalformedException wrong) {
      content = new byte[0];
    }
    if (content.length == 0
        || (content.length > 1 && Asn1Reader.isPadding(content[0], content[1]))) {
      throw new MalformedException("x509: invalid RSA " + what);
    }
    return new BigInteger(content);
  }

  private static void requirePositive(BigInteger number, String what) throws MalformedException {
    if (number.signum() <= 0) {
      throw new MalformedException("x509: RSA %s is not a positive number".formatted(what));
    }
  }

  private void requireCurve() throws MalformedException {
    String name;
    try {
      name =
          Asn1Reader.dotted(
              new Asn1Reader(algorithm.parameterBytes()).next(Asn1Reader.OBJECT_IDENTIFIER, ""));
    } catch (MalformedException wrong) {
      throw new MalformedException("x509: invalid ECDSA parameters");
    }
    NamedCurve curve = NamedCurve.of(name);
    if (curve == null) {
      throw new MalformedException("x509: unsupported elliptic curve");
    }
    curve.requirePoint(bits.array());
  }

  private void requireEd25519() throws MalformedException {
    if (algorithm.parameters() != null) {
      throw new MalformedException("x509: Ed25519 key encoded with illegal parameters");
    }
    if (bits.size() != ED25519_BYTES) {
      throw new MalformedException("x509: wrong Ed25519 public key size");
    }
  }
}
