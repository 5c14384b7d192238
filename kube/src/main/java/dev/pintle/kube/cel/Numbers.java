package dev.pintle.kube.cel;

import java.math.BigInteger;

/// Reads numbers, and computes with them: nothing wraps around.
final class Numbers {
  private Numbers() {}

  static Value read(String text, int at) {
    try {
      boolean unsigned = text.endsWith("u") || text.endsWith("U");
      String digits = unsigned ? text.substring(0, text.length() - 1) : text;
      boolean hex = digits.contains("0x") || digits.contains("0X");
      if (unsigned) {
        return new Value.Uint(
            hex ? Long.parseUnsignedLong(digits.substring(2), 16) : Long.parseUnsignedLong(digits));
      }
      if (hex) {
        return new Value.Int(new BigInteger(digits.replaceFirst("0[xX]", ""), 16).longValueExact());
      }
      return digits.matches("-?\\d+")
          ? new Value.Int(Long.parseLong(digits))
          : new Value.Real(Double.parseDouble(digits));
    } catch (ArithmeticException | NumberFormatException _) {
      throw new CelException("Syntax error: invalid int literal", at);
    }
  }

  static Value arithmetic(String operator, long left, long right) {
    try {
      return Value.of(
          switch (operator) {
            case "+" -> Math.addExact(left, right);
            case "-" -> Math.subtractExact(left, right);
            case "*" -> Math.multiplyExact(left, right);
            case "/" -> Math.divideExact(left, requireDivisor(right, "division by zero"));
            case "%" -> left % requireDivisor(right, "modulus by zero");
            default -> throw CelException.noOverload();
          });
    } catch (ArithmeticException _) {
      throw new CelException("integer overflow");
    }
  }

  private static long requireDivisor(long divisor, String otherwise) {
    if (divisor == 0) {
      throw new CelException(otherwise);
    }
    return divisor;
  }

  static Value unsigned(String operator, long left, long right) {
    BigInteger a = new BigInteger(Long.toUnsignedString(left));
    BigInteger b = new BigInteger(Long.toUnsignedString(right));
    if (b.signum() == 0 && (operator.equals("/") || operator.equals("%"))) {
      throw new CelException(operator.equals("/") ? "division by zero" : "modulus by zero");
    }
    BigInteger result =
        switch (operator) {
          case "+" -> a.add(b);
          case "-" -> a.subtract(b);
          case "*" -> a.multiply(b);
          case "/" -> a.divide(b);
          case "%" -> a.mod(b);
          default -> throw CelException.noOverload();
        };
    if (result.signum() < 0 || result.bitLength() > Long.SIZE) {
      throw new CelException("unsigned integer overflow");
    }
    return new Value.Uint(result.longValue());
  }

  static Value arithmetic(String operator, double left, double right) {
    return new Value.Real(
        switch (operator) {
          case "+" -> left + right;
          case "-" -> left - right;
          case "*" -> left * right;
          case "/" -> left / right;
          default -> throw CelException.noOverload();
        });
  }
}
