package dev.pintle.kube.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `'%s has %d'.format([…])`.
final class Format {
  private Format() {}

  static String apply(String form, Value given) {
    if (!(given instanceof Value.Items(List<Value> arguments))) {
      throw CelException.noOverload();
    }
    StringBuilder out = new StringBuilder();
    int next = 0;
    for (int i = 0; i < form.length(); i++) {
      char c = form.charAt(i);
      if (c != '%') {
        out.append(c);
        continue;
      }
      int from = ++i;
      while (i < form.length() && (form.charAt(i) == '.' || Character.isDigit(form.charAt(i)))) {
        i++;
      }
      if (i >= form.length()) {
        throw new CelException("unexpected end of string");
      }
      if (form.charAt(i) == '%') {
        out.append('%');
        continue;
      }
      if (next >= arguments.size()) {
        throw new CelException("index %d out of range".formatted(next));
      }
      String precision = form.substring(from, i).replace(".", "");
      out.append(one(form.charAt(i), precision, arguments.get(next++)));
    }
    return out.toString();
  }

  private static String one(char clause, String precision, Value value) {
    int digits = precision.isEmpty() ? 6 : Integer.parseInt(precision);
    return switch (clause) {
      case 's' -> shown(value);
      case 'd' -> whole(value, 10);
      case 'b' ->
          value instanceof Value.Bool(boolean truth) ? (truth ? "1" : "0") : whole(value, 2);
      case 'o' -> whole(value, 8);
      case 'x' -> whole(value, 16);
      case 'X' -> whole(value, 16).toUpperCase(Locale.ROOT);
      case 'f' -> ("%." + digits + "f").formatted(real(value));
      case 'e' -> ("%." + digits + "e").formatted(real(value));
      default -> throw new CelException("unrecognized formatting clause \"%c\"".formatted(clause));
    };
  }

  private static String whole(Value value, int radix) {
    return switch (value) {
      case Value.Int(long number) -> Long.toString(number, radix);
      case Value.Uint(long bits) -> Long.toUnsignedString(bits, radix);
      default ->
          throw new CelException(
              "error during formatting: only ints and uints can be formatted here, was given "
                  + value.type());
    };
  }

  private static double real(Value value) {
    return switch (value) {
      case Value.Real(double number) -> number;
      case Value.Int(long number) -> number;
      default -> throw CelException.noOverload();
    };
  }

  private static String shown(Value value) {
    return switch (value) {
      case Value.Nothing _ -> "null";
      case Value.Type(String name) -> name;
      case Value.Items(List<Value> items) ->
          "[" + String.join(", ", items.stream().map(Format::shown).toList()) + "]";
      case Value.Fields(Map<Value, Value> entries) -> {
        List<String> parts = new ArrayList<>();
        entries.forEach((key, entry) -> parts.add(shown(key) + ": " + shown(entry)));
        yield "{" + String.join(", ", parts.stream().sorted().toList()) + "}";
      }
      default -> Conversions.toText(value);
    };
  }
}
