package dev.pintle.kube.decode;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Quantities such as `100m` or `1.5Gi`, brought into the form in which upstream writes them: no fraction, the largest
/// suffix of the same family that allows it.
final class Quantities {
  private static final Pattern FORM =
      Pattern.compile("([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))(n|u|m|k|[KMGTPE]i|[MGTPE]|[eE][+-]?[0-9]+)?");
  private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
  private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
  private static final int DECIMAL_ONE = 3;
  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
  private static final int NANO_DIGITS = 9;

  private Quantities() {}

  static Json accept(Json value) {
    return switch (value) {
      case Json.Text(var text) -> Json.of(canonical(text));
      case Json.Whole _, Json.Decimal _ -> Json.of(canonical(JsonWriter.text(value)));
      default ->
          throw new WrongType(
              "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
    };
  }

  static String canonical(String text) {
    Matcher matcher = FORM.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      throw new WrongType(
          "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    String suffix = matcher.group(2) == null ? "" : matcher.group(2);
    if (suffix.endsWith("i")) {
      return binary(number.multiply(KIBI.pow(BINARY.indexOf(suffix))));
    }
    if (suffix.length() > 1) {
      return exponent(number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1).replace("+", ""))));
    }
    return decimal(number.scaleByPowerOfTen(3 * (DECIMAL.indexOf(suffix) - DECIMAL_ONE)));
  }

  private static String binary(BigDecimal number) {
    if (number.abs().compareTo(KIBI) < 0 || number.stripTrailingZeros().scale() > 0) {
      return decimal(number);
    }
    BigDecimal left = number;
    int family = 0;
    while (family + 1 < BINARY.size() && left.remainder(KIBI).signum() == 0 && left.signum() != 0) {
      left = left.divide(KIBI);
      family++;
    }
    return left.toBigInteger() + BINARY.get(family);
  }

  private static String decimal(BigDecimal number) {
    if (number.signum() == 0) {
      return "0";
    }
    BigDecimal rounded = number.setScale(NANO_DIGITS, RoundingMode.UP).stripTrailingZeros();
    int power = Math.floorDiv(-rounded.scale(), 3);
    int family = Math.min(power, DECIMAL.size() - 1 - DECIMAL_ONE);
    return rounded.scaleByPowerOfTen(-3 * family).toBigInteger() + DECIMAL.get(family + DECIMAL_ONE);
  }

  private static String exponent(BigDecimal number) {
    if (number.signum() == 0) {
      return "0";
    }
    BigDecimal rounded = number.setScale(NANO_DIGITS, RoundingMode.UP).stripTrailingZeros();
    int power = Math.floorDiv(-rounded.scale(), 3) * 3;
    String digits = rounded.scaleByPowerOfTen(-power).toBigInteger().toString();
    return power == 0 ? digits : digits + "e" + power;
  }
}
