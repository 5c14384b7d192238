package dev.pintle.kube.cel;

import dev.pintle.kube.object.GoNumbers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The function `format`: `'%s has %d'.format([…])`. Memory is asked for piece by piece.
final class FormatFunction {

  // What tells a double exactly; digits beyond are zeros.
  private static final int DIGITS_MAX = 1_100;

  private final Activation frame;
  private final StringBuilder out = new StringBuilder();

  private FormatFunction(Activation frame) {
    this.frame = frame;
  }

  static Value apply(Activation frame, String form, Value given) {
    FormatFunction format = new FormatFunction(frame);
    format.fill(form, ListFunctions.items(given));
    return Value.of(format.out.toString());
  }

  private void add(String text) {
    frame.allocate(TextFunctions.bytes(text.length()));
    out.append(text);
  }

  private void fill(String form, List<Value> arguments) {
    int next = 0;
    for (int i = 0; i < form.length(); i++) {
      int percent = form.indexOf('%', i);
      add(form.substring(i, percent < 0 ? form.length() : percent));
      if (percent < 0) {
        return;
      }
      int from = percent + 1;
      i = from;
      while (i < form.length() && (form.charAt(i) == '.' || isDigit(form.charAt(i)))) {
        i++;
      }
      if (i >= form.length()) {
        throw new CelException("unexpected end of string");
      }
      if (form.charAt(i) == '%') {
        add("%");
        continue;
      }
      if (next >= arguments.size()) {
        throw new CelException("index %d out of range".formatted(next));
      }
      one(form.charAt(i), digits(form.substring(from, i)), arguments.get(next++));
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int digits(String precision) {
    if (precision.isEmpty()) {
      return 6;
    }
    try {
      return Integer.parseInt(precision.substring(1));
    } catch (NumberFormatException _) {
      throw new CelException(
          "error while parsing precision: invalid precision %s".formatted(precision));
    }
  }

  private void one(char clause, int digits, Value value) {
    switch (clause) {
      case 's' -> shown(value);
      case 'd' -> add(whole(value, 10));
      case 'b' ->
          add(value instanceof Value.Bool(boolean truth) ? (truth ? "1" : "0") : whole(value, 2));
      case 'o' -> add(whole(value, 8));
      case 'x' -> add(hexadecimal(value));
      case 'X' -> add(hexadecimal(value).toUpperCase(Locale.ROOT));
      case 'f' -> fixed(real(value), digits);
      case 'e' -> scientific(real(value), digits);
      default ->
          throw new CelException(
              "could not parse formatting clause: unrecognized formatting clause \"%c\""
                  .formatted(clause));
    }
  }

  private String hexadecimal(Value value) {
    byte[] bytes =
        switch (value) {
          case Value.Text(String text) -> text.getBytes(StandardCharsets.UTF_8);
          case Value.Bytes(byte[] given) -> given;
          case Value.ListValue _,
              Value.MapValue _,
              Value.Numeric _,
              Value.Temporal _,
              Value.Plain _,
              Value.OptionalValue _ ->
              null;
        };
    if (bytes == null) {
      return whole(value, 16);
    }
    frame.allocate(TextFunctions.bytes(2L * bytes.length));
    return HexFormat.of().formatHex(bytes);
  }

  private void zeros(long count) {
    frame.allocate(TextFunctions.bytes(count));
    out.repeat('0', (int) count);
  }

  private void fixed(double number, int digits) {
    if (!Double.isFinite(number)) {
      add(GoNumbers.text(number));
      return;
    }
    int exact = Math.min(digits, DIGITS_MAX);
    BigDecimal rounded = new BigDecimal(number).setScale(exact, RoundingMode.HALF_EVEN);
    add((isNegativeZero(number) ? "-" : "") + rounded.toPlainString());
    zeros(digits - exact);
  }

  private static boolean isNegativeZero(double number) {
    return number == 0 && 1 / number < 0;
  }

  private void scientific(double number, int digits) {
    if (!Double.isFinite(number)) {
      add(GoNumbers.text(number));
      return;
    }
    int exact = Math.min(digits, DIGITS_MAX);
    BigDecimal value = new BigDecimal(number);
    BigDecimal rounded = value.round(new MathContext(exact + 1, RoundingMode.HALF_EVEN));
    int exponent = value.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    BigDecimal mantissa = rounded.movePointLeft(exponent).setScale(exact, RoundingMode.HALF_EVEN);
    add((isNegativeZero(number) ? "-" : "") + mantissa.toPlainString());
    zeros(digits - exact);
    add("e%s%02d".formatted(exponent < 0 ? "-" : "+", Math.abs(exponent)));
  }

  private static String whole(Value value, int radix) {
    return switch (value) {
      case Value.Int(long number) -> Long.toString(number, radix);
      case Value.Uint(long bits) -> Long.toUnsignedString(bits, radix);
      case Value.DoubleValue _,
          Value.Sized _,
          Value.Temporal _,
          Value.Plain _,
          Value.OptionalValue _ ->
          throw new CelException(
              "error during formatting: only ints and uints can be formatted here, was given "
                  + value.type());
    };
  }

  private static double real(Value value) {
    return switch (value) {
      case Value.DoubleValue(double number) -> number;
      case Value.Int(long number) -> number;
      case Value.Uint _, Value.Sized _, Value.Temporal _, Value.Plain _, Value.OptionalValue _ ->
          throw CelException.noOverload();
    };
  }

  private void shown(Value value) {
    switch (value) {
      case Value.NullValue _ -> add("null");
      case Value.Type(String name) -> add(name);
      case Value.ListValue(List<Value> items) -> {
        add("[");
        for (int i = 0; i < items.size(); i++) {
          add(i == 0 ? "" : ", ");
          shown(items.get(i));
        }
        add("]");
      }
      case Value.MapValue(Map<Value, Value> entries) -> fields(entries);
      case Value.Text _,
          Value.Bytes _,
          Value.Bool _,
          Value.QuantityValue _,
          Value.Numeric _,
          Value.Temporal _,
          Value.OptionalValue _ ->
          add(TypeConversions.toText(value));
    }
  }

  /// Entries in the order of their texts.
  private void fields(Map<Value, Value> entries) {
    List<String> parts = new ArrayList<>();
    entries.forEach((key, entry) -> {
      FormatFunction part = new FormatFunction(frame);
      part.shown(key);
      part.out.append(": ");
      part.shown(entry);
      parts.add(part.out.toString());
    });
    Collections.sort(parts);
    add("{");
    for (int i = 0; i < parts.size(); i++) {
      add(i == 0 ? "" : ", ");
      add(parts.get(i));
    }
    add("}");
  }
}
