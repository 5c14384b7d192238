package dev.pintle.server.pki;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import javax.crypto.KeyAgreement;

/// The public half of a private key, which some files do not hold.
final class PublicHalf {
  private static final byte[] PROBE = {1};

  private PublicHalf() {}

  static PublicKey of(PrivateKey key) throws GeneralSecurityException {
    return switch (key) {
      case RSAPrivateCrtKey rsa ->
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
      case ECPrivateKey curve -> ofCurve(curve);
      case EdECPrivateKey edwards -> ofEdwardsCurve(edwards);
      default ->
          throw new GeneralSecurityException(
              "a key of %s (expected: RSA, or a curve)".formatted(key.getAlgorithm()));
    };
  }

  /// The JDK multiplies no points, but agrees on keys: with the curve's generator for the other side, the agreement is the first coordinate
  /// of our point. Of the two second ones that belong to it, a signature tells the right one.
  private static PublicKey ofCurve(ECPrivateKey key) throws GeneralSecurityException {
    ECParameterSpec curve = key.getParams();
    if (!(curve.getCurve().getField() instanceof ECFieldFp field)) {
      throw new GeneralSecurityException("a curve over no prime (expected: P-256 or its like)");
    }
    KeyFactory keys = KeyFactory.getInstance("EC");
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(key);
    agreement.doPhase(keys.generatePublic(new ECPublicKeySpec(curve.getGenerator(), curve)), true);
    BigInteger prime = field.getP();
    BigInteger x = new BigInteger(1, agreement.generateSecret());
    BigInteger square =
        x.multiply(x).add(curve.getCurve().getA()).multiply(x).add(curve.getCurve().getB());
    // A root modulo a prime of the form 4n + 3, as those of all curves of the JDK are.
    BigInteger y = square.modPow(prime.add(BigInteger.ONE).shiftRight(2), prime);
    PublicKey even = keys.generatePublic(new ECPublicKeySpec(new ECPoint(x, y), curve));
    return isPair(key, even)
        ? even
        : keys.generatePublic(new ECPublicKeySpec(new ECPoint(x, prime.subtract(y)), curve));
  }

  /// The private key is the chance that a pair is made of, so that the same chance makes the same pair again.
  private static PublicKey ofEdwardsCurve(EdECPrivateKey key) throws GeneralSecurityException {
    byte[] seed =
        key.getBytes()
            .orElseThrow(() -> new GeneralSecurityException("a key that does not tell its bytes"));
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EdDSA");
    generator.initialize(key.getParams(), new Repeated(seed));
    return generator.generateKeyPair().getPublic();
  }

  /// Chance that is known.
  private static final class Repeated extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final byte[] bytes;

    Repeated(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    public void nextBytes(byte[] out) {
      System.arraycopy(bytes, 0, out, 0, out.length);
    }
  }

  private static boolean isPair(PrivateKey key, PublicKey half) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    signature.update(PROBE);
    byte[] signed = signature.sign();
    signature.initVerify(half);
    signature.update(PROBE);
    return signature.verify(signed);
  }
}
