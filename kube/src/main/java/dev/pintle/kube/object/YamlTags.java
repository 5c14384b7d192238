package dev.pintle.kube.object;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The reading of scalars that say what they are, as in `!!str 12`.
final class YamlTags {
  private static final String YAML = "tag:yaml.org,2002:";

  /// Those that have no fraction in Go's parser, which knows unsigned numbers of 64 bits.
  private static final double WHOLE_MAX = 0x1p64;

  private YamlTags() {}

  /// @param tag in full; of one that nobody knows, all is text
  /// @throws JsonSyntaxException in Go's words, for what is not of its tag
  static Json value(String tag, String text) {
    if (!tag.startsWith(YAML)) {
      return new Json.Text(text);
    }
    String wanted = tag.substring(YAML.length());
    return switch (wanted) {
      case "binary" -> new Json.Text(binary(text));
      case "timestamp" -> Yaml11.isDated(text) ? new Json.Text(text) : resolved(text, wanted);
      case "bool", "int", "float", "null" -> resolved(text, wanted);
      default -> new Json.Text(text);
    };
  }

  static boolean isFloat(String tag) {
    return tag.equals(YAML + "float");
  }

  private static String binary(String text) {
    String digits = text.replace("\n", "").replace("\r", "");
    try {
      if (digits.length() % 4 == 0) {
        return new String(Base64.getDecoder().decode(digits), StandardCharsets.UTF_8);
      }
    } catch (IllegalArgumentException _) {
      // Told below, as what has too few characters is.
    }
    throw new JsonSyntaxException("yaml: !!binary value contains invalid base64 data");
  }

  private static Json resolved(String text, String wanted) {
    Json plain = Yaml11.isInfinite(text) ? Json.NULL : Yaml11.plain(text);
    String found = Yaml11.isInfinite(text) ? "float" : kind(plain, text);
    // Of unsigned numbers upstream makes no fractions.
    boolean widened = wanted.equals("float") && found.equals("int") && plain instanceof Json.Whole;
    if (!found.equals(wanted) && !widened) {
      throw new JsonSyntaxException(
          "yaml: cannot decode !!%s `%s` as a !!%s".formatted(found, text, wanted));
    }
    return Yaml11.plain(text);
  }

  private static String kind(Json value, String text) {
    return switch (value) {
      case Json.Bool _ -> "bool";
      case Json.Null _ -> "null";
      case Json.Whole _ -> isFraction(text) ? "float" : "int";
      case Json.Decimal(double number, _) -> isWhole(number, text) ? "int" : "float";
      case Json.Text _, JsonObject _, JsonArray _ -> "str";
    };
  }

  /// Whether a number is written as one with a fraction or an exponent, whatever its value is.
  static boolean isFraction(String text) {
    boolean based = text.indexOf('x') >= 0 || text.indexOf('X') >= 0;
    return !based && text.chars().anyMatch(sign -> sign == '.' || sign == 'e' || sign == 'E');
  }

  private static boolean isWhole(double number, String text) {
    return number > 0
        && number < WHOLE_MAX
        && text.chars()
            .allMatch(sign -> (sign >= '0' && sign <= '9') || sign == '_' || sign == '+');
  }
}
