package dev.pintle.kube.cel;

import java.math.BigInteger;

/// The reader of numbers, and the arithmetic on them: nothing wraps around.
final class Numbers {
  private Numbers() {}

  static Value read(String text, int at) {
    boolean unsigned = text.endsWith("u") || text.endsWith("U");
    boolean hex = text.startsWith("0x") || text.startsWith("-0x");
    boolean real = !hex && !unsigned && !isWhole(text);
    try {
      if (real) {
        return real(Double.parseDouble(text));
      }
      int radix = hex ? 16 : 10;
      String digits = hex ? text.replaceFirst("0x", "") : text;
      return unsigned
          ? new Value.Uint(Long.parseUnsignedLong(digits, 0, digits.length() - 1, radix))
          : new Value.Int(Long.parseLong(digits, radix));
    } catch (NumberFormatException _) {
      String kind = unsigned ? "uint" : real ? "double" : "int";
      throw new CelException("invalid %s literal".formatted(kind), at);
    }
  }

  private static Value real(double number) {
    if (Double.isInfinite(number)) {
      throw new NumberFormatException();
    }
    return new Value.DoubleValue(number);
  }

  private static boolean isWhole(String text) {
    return text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
  }

  static Value arithmetic(String operator, long left, long right) {
    try {
      return Value.of(
          switch (operator) {
            case "+" -> Math.addExact(left, right);
            case "-" -> Math.subtractExact(left, right);
            case "*" -> Math.multiplyExact(left, right);
            case "/" -> Math.divideExact(left, requireDivisor(right, "division by zero"));
            case "%" -> {
              // The quotient counts too, though it is not told.
              Math.divideExact(left, requireDivisor(right, "modulus by zero"));
              yield left % right;
            }
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
    return new Value.DoubleValue(
        switch (operator) {
          case "+" -> left + right;
          case "-" -> left - right;
          case "*" -> left * right;
          case "/" -> left / right;
          default -> throw CelException.noOverload();
        });
  }
}
