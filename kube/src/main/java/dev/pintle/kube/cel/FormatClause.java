package dev.pintle.kube.cel;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/// A clause of a text that is formatted, such as `%.3f`.
///
/// @param digits behind the point; the width of a number with a power
/// @param end where the clause ends in the text
record FormatClause(char verb, long digits, int end) {
  static final int DIGITS = 6;
  static final String STRING =
      "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps, was given ";
  static final String DECIMAL = "decimal clause can only be used on integers, was given ";
  static final String BINARY = "only integers and bools can be formatted as binary, was given ";
  static final String OCTAL = "octal clause can only be used on integers, was given ";
  static final String HEXADECIMAL =
      "only integers, byte buffers, and strings can be formatted as hex, was given ";
  static final String FIXED = "fixed-point clause can only be used on doubles, was given ";
  static final String SCIENTIFIC = "scientific clause can only be used on doubles, was given ";

  private static final Set<CelType.Kind> WHOLE = EnumSet.of(CelType.Kind.INT, CelType.Kind.UINT);
  private static final Set<CelType.Kind> SHOWN =
      EnumSet.complementOf(
          EnumSet.of(CelType.Kind.STRUCT, CelType.Kind.OPAQUE, CelType.Kind.PARAMETER));

  private static final String VERBS = "sdboxXfe";
  private static final String UNREADABLE = "could not parse formatting clause: ";
  private static final String PRECISION = UNREADABLE + "error while parsing precision: ";

  /// @param percent where the clause begins
  static FormatClause read(String form, int percent) {
    int at = percent + 1;
    if (at >= form.length()) {
      throw new CelException("unexpected end of string");
    }
    long digits = DIGITS;
    if (form.charAt(at) == '.') {
      int from = ++at;
      while (at < form.length() && form.charAt(at) >= '0' && form.charAt(at) <= '9') {
        at++;
      }
      if (at >= form.length()) {
        throw new CelException(PRECISION + "could not find end of precision specifier");
      }
      digits = precision(form.substring(from, at));
    }
    char verb = form.charAt(at);
    if (VERBS.indexOf(verb) < 0) {
      throw unknown(verb);
    }
    return new FormatClause(verb, digits, at + 1);
  }

  private static long precision(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException _) {
      throw new CelException(
          PRECISION
              + "error while converting precision to integer: strconv.Atoi: parsing \"%s\": %s"
                  .formatted(digits, digits.isEmpty() ? "invalid syntax" : "value out of range"));
    }
  }

  /// The clause is told by its first byte.
  static CelException unknown(char verb) {
    byte first = Character.toString(verb).getBytes(StandardCharsets.UTF_8)[0];
    return new CelException(
        UNREADABLE + "unrecognized formatting clause \"%c\"".formatted((char) (first & 0xff)));
  }

  /// Whether a value of a type may stand for the clause, as far as it is known beforehand.
  boolean takes(CelType type) {
    if (type.isDynOrError() || type.kind() == CelType.Kind.PARAMETER) {
      return true;
    }
    return switch (verb) {
      case 's' -> SHOWN.contains(type.kind());
      case 'd', 'o' -> WHOLE.contains(type.kind());
      case 'b' -> WHOLE.contains(type.kind()) || type.kind() == CelType.Kind.BOOL;
      case 'x', 'X' ->
          WHOLE.contains(type.kind())
              || type.kind() == CelType.Kind.STRING
              || type.kind() == CelType.Kind.BYTES;
      default -> type.kind() == CelType.Kind.DOUBLE || type.kind() == CelType.Kind.STRING;
    };
  }

  /// What is said of a value of another type, less the type.
  String otherwise() {
    return switch (verb) {
      case 's' -> STRING;
      case 'd' -> DECIMAL;
      case 'b' -> BINARY;
      case 'o' -> OCTAL;
      case 'x', 'X' -> HEXADECIMAL;
      case 'f' -> FIXED;
      default -> SCIENTIFIC;
    };
  }
}
