package dev.pintle.kube.object;

import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// What a plain scalar means in the dialect of YAML 1.1 that Kubernetes reads: `yes`, `on` and `y` are true, a leading 0
/// is octal, dates are text.
final class Yaml11 {
  private static final Map<String, Json> WORDS = words();
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?");
  private static final Pattern DOUBLE =
      Pattern.compile("[-+]?([0-9]*\\.?[0-9]+|[0-9]+\\.?[0-9]*)([eE][-+]?[0-9]+)?");
  private static final Pattern BINARY = Pattern.compile("[-+]?0[bB][01]+");
  private static final Pattern OCTAL = Pattern.compile("[-+]?0[oO]?[0-7]+");
  private static final Pattern HEXADECIMAL = Pattern.compile("[-+]?0[xX][0-9a-fA-F]+");
  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");

  private Yaml11() {}

  static Json value(ScalarNode scalar) {
    String text = scalar.getValue();
    return scalar.isPlain() ? plain(text) : new Json.Text(text);
  }

  /// The name that a key becomes in JSON.
  static String key(Node key) {
    if (!(key instanceof ScalarNode scalar)) {
      throw new JsonSyntaxException("yaml: invalid map key: expected a scalar");
    }
    return switch (value(scalar)) {
      case Json.Text(var text) -> text;
      case Json.Bool(var truth) -> Boolean.toString(truth);
      case Json.Null _ -> "null";
      case Json other -> JsonWriter.text(other);
    };
  }

  static Json plain(String text) {
    Json word = WORDS.get(text);
    if (word != null) {
      return word;
    }
    char first = text.charAt(0);
    boolean mayBeNumber =
        first == '.' || first == '-' || first == '+' || Character.digit(first, 10) >= 0;
    Json number =
        mayBeNumber && !DATE.matcher(text).matches() ? number(text.replace("_", "")) : null;
    return number != null ? number : new Json.Text(text);
  }

  /// Whether the text, written plain, would be read as something else than itself.
  static boolean isAmbiguous(String text) {
    return text.isEmpty() || !(plain(text) instanceof Json.Text) || DATE.matcher(text).matches();
  }

  private static @Nullable Json number(String text) {
    if (BINARY.matcher(text).matches()) {
      return whole(text.replaceFirst("0[bB]", ""), 2);
    }
    if (HEXADECIMAL.matcher(text).matches()) {
      return whole(text.replaceFirst("0[xX]", ""), 16);
    }
    if (OCTAL.matcher(text).matches()) {
      return whole(text.replaceFirst("0[oO]?", ""), 8);
    }
    if (WHOLE.matcher(text).matches() && !text.matches("[-+]?0[0-9]+")) {
      return whole(text, 10);
    }
    return DOUBLE.matcher(text).matches() ? new Json.Decimal(Double.parseDouble(text)) : null;
  }

  private static Json whole(String digits, int radix) {
    BigInteger number =
        new BigInteger(digits.startsWith("+") ? digits.substring(1) : digits, radix);
    return number.bitLength() < Long.SIZE
        ? new Json.Whole(number.longValue())
        : new Json.Decimal(number.doubleValue());
  }

  private static Map<String, Json> words() {
    Map<String, Json> words = new java.util.HashMap<>();
    for (String yes :
        new String[] {"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"}) {
      words.put(yes, Json.Bool.TRUE);
    }
    for (String no :
        new String[] {"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"}) {
      words.put(no, Json.Bool.FALSE);
    }
    for (String none : new String[] {"", "~", "null", "Null", "NULL"}) {
      words.put(none, Json.NULL);
    }
    return Map.copyOf(words);
  }
}
