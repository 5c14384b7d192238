package dev.pintle.kube.certificate;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An elliptic curve on which keys may lie.
///
/// @param told its name in messages
record NamedCurve(String told, String java) {
  private static final byte UNCOMPRESSED = 4;
  private static final Map<String, NamedCurve> ALL =
      Map.of(
          "1.3.132.0.33", new NamedCurve("P224", "secp224r1"),
          "1.2.840.10045.3.1.7", new NamedCurve("P256", "secp256r1"),
          "1.3.132.0.34", new NamedCurve("P384", "secp384r1"),
          "1.3.132.0.35", new NamedCurve("P521", "secp521r1"));

  /// @param identifier in dotted form
  static @Nullable NamedCurve of(String identifier) {
    return ALL.get(identifier);
  }

  /// Refuses what is no point of the curve.
  void requirePoint(byte[] bits) throws MalformedException {
    ECParameterSpec curve = spec();
    if (curve == null || !(curve.getCurve().getField() instanceof ECFieldFp field)) {
      return;
    }
    BigInteger prime = field.getP();
    int bytes = (prime.bitLength() + Byte.SIZE - 1) / Byte.SIZE;
    if (bits.length == 0 || bits[0] != UNCOMPRESSED) {
      throw new MalformedException("ecdsa: invalid uncompressed public key");
    }
    if (bits.length != 1 + 2 * bytes) {
      throw new MalformedException("invalid %s point encoding".formatted(told));
    }
    BigInteger x = new BigInteger(1, Arrays.copyOfRange(bits, 1, 1 + bytes));
    BigInteger y = new BigInteger(1, Arrays.copyOfRange(bits, 1 + bytes, bits.length));
    if (x.compareTo(prime) >= 0 || y.compareTo(prime) >= 0) {
      throw new MalformedException("invalid %s element encoding".formatted(told));
    }
    BigInteger right =
        x.multiply(x).add(curve.getCurve().getA()).multiply(x).add(curve.getCurve().getB());
    if (!y.multiply(y).subtract(right).mod(prime).equals(BigInteger.ZERO)) {
      throw new MalformedException("%s point not on curve".formatted(told));
    }
  }

  /// Null for a curve that the JDK does not have.
  @Nullable ECParameterSpec spec() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(java));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException unknown) {
      return null;
    }
  }
}
