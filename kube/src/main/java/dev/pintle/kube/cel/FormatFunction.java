package dev.pintle.kube.cel;

import dev.pintle.kube.object.GoNumbers;
import dev.pintle.kube.object.GoText;
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

  private static final int LEAST_MASK = 0xff;
  private static final int WIDTH_MASK = 0xffff;
  private static final long READABLE_MAX = 1_000_000;
  private static final String UNREADABLE = "%!(NOVERB)";
  private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

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
      if (percent + 1 < form.length() && form.charAt(percent + 1) == '%') {
        add("%");
        i = percent + 1;
        continue;
      }
      if (next >= arguments.size()) {
        throw new CelException("index %d out of range".formatted(next));
      }
      FormatClause clause = FormatClause.read(form, percent);
      one(clause, arguments.get(next++));
      i = clause.end() - 1;
    }
  }

  private void one(FormatClause clause, Value value) {
    try {
      switch (clause.verb()) {
        case 's' -> shown(value);
        case 'd' -> add(whole(value, 10, FormatClause.DECIMAL));
        case 'b' ->
            add(
                value instanceof Value.Bool(boolean truth)
                    ? (truth ? "1" : "0")
                    : whole(value, 2, FormatClause.BINARY));
        case 'o' -> add(whole(value, 8, FormatClause.OCTAL));
        case 'x' -> add(hexadecimal(value));
        case 'X' -> add(hexadecimal(value).toUpperCase(Locale.ROOT));
        case 'f' -> fixed(real(value, FormatClause.FIXED), clause.digits());
        case 'e' -> scientific(real(value, FormatClause.SCIENTIFIC), clause.digits());
        default -> throw FormatClause.unknown(clause.verb());
      }
    } catch (CelException wrong) {
      throw wrong.isCancelled()
          ? wrong
          : new CelException("error during formatting: " + wrong.getMessage());
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
      return whole(value, 16, FormatClause.HEXADECIMAL);
    }
    frame.allocate(TextFunctions.bytes(2L * bytes.length));
    return HexFormat.of().formatHex(bytes);
  }

  /// In the way of English: groups of three digits before the point. Upstream keeps the number of digits in 16 bits and the
  /// smallest number in 8, so that what is asked for beyond is cut: of many digits only those are told that say something.
  private void fixed(double number, long digits) {
    if (isUnreadable(digits)) {
      add(UNREADABLE);
      return;
    }
    if (!Double.isFinite(number)) {
      add(endless(number));
      return;
    }
    short most = (short) digits;
    BigDecimal rounded =
        most < 0
            ? new BigDecimal(GoNumbers.shortest(number))
            : new BigDecimal(number).setScale(Math.min(most, DIGITS_MAX), RoundingMode.HALF_EVEN);
    BigDecimal told = rounded.stripTrailingZeros();
    int scale = Math.max(Math.max(told.scale(), 0), (int) (digits & LEAST_MASK));
    String text = told.setScale(scale, RoundingMode.UNNECESSARY).toPlainString();
    add((number < 0 ? "-" : "") + grouped(text.startsWith("-") ? text.substring(1) : text));
  }

  /// Whether upstream's printer gives up reading so large a number.
  private static boolean isUnreadable(long digits) {
    return digits / 10 > READABLE_MAX;
  }

  private static String grouped(String digits) {
    int point = digits.indexOf('.');
    StringBuilder grouped = new StringBuilder(digits);
    for (int at = (point < 0 ? digits.length() : point) - 3; at > 0; at -= 3) {
      grouped.insert(at, ',');
    }
    return grouped.toString();
  }

  private static String endless(double number) {
    return Double.isNaN(number) ? "NaN" : number > 0 ? "∞" : "-∞";
  }

  private static boolean isNegativeZero(double number) {
    return number == 0 && 1 / number < 0;
  }

  /// With six digits and a power that is written above the line. What is asked for is the width, in 16 bits.
  private void scientific(double number, long asked) {
    if (isUnreadable(asked)) {
      add(UNREADABLE);
      return;
    }
    String text = Double.isFinite(number) ? withPower(number) : endless(number);
    int width = (int) (asked & WIDTH_MASK);
    add(" ".repeat(Math.max(width - text.length(), 0)) + text);
  }

  private static String withPower(double number) {
    BigDecimal value = new BigDecimal(number);
    BigDecimal rounded =
        value.round(new MathContext(FormatClause.DIGITS + 1, RoundingMode.HALF_EVEN));
    int exponent = value.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    BigDecimal mantissa =
        rounded.movePointLeft(exponent).setScale(FormatClause.DIGITS, RoundingMode.HALF_EVEN);
    StringBuilder text = new StringBuilder(mantissa.toPlainString());
    text.append("×10").append(exponent < 0 ? "⁻" : "");
    for (char digit : "%02d".formatted(Math.abs(exponent)).toCharArray()) {
      text.append(RAISED.charAt(digit - '0'));
    }
    return text.toString();
  }

  private static String whole(Value value, int radix, String otherwise) {
    return switch (value) {
      case Value.Int(long number) -> Long.toString(number, radix);
      case Value.Uint(long bits) -> Long.toUnsignedString(bits, radix);
      case Value.DoubleValue _,
          Value.Sized _,
          Value.Temporal _,
          Value.Plain _,
          Value.OptionalValue _ ->
          throw new CelException(otherwise + value.type());
    };
  }

  private static double real(Value value, String otherwise) {
    return switch (value) {
      case Value.DoubleValue(double number) -> number;
      case Value.Text(String text) when text.equals("NaN") -> Double.NaN;
      case Value.Text(String text) when text.equals("Infinity") -> Double.POSITIVE_INFINITY;
      case Value.Text(String text) when text.equals("-Infinity") -> Double.NEGATIVE_INFINITY;
      case Value.Int _,
          Value.Uint _,
          Value.Sized _,
          Value.Temporal _,
          Value.Plain _,
          Value.OptionalValue _ ->
          throw new CelException(otherwise + value.type());
    };
  }

  private void shown(Value value) {
    switch (value) {
      case Value.NullValue _ -> add("null");
      case Value.Type(String name) -> add(name);
      case Value.Text(String text) -> add(text);
      case Value.Bytes(byte[] bytes) -> add(text(bytes));
      case Value.DoubleValue(double number) -> add(GoNumbers.shortest(number));
      case Value.ListValue(List<Value> items) -> {
        add("[");
        for (int i = 0; i < items.size(); i++) {
          add(i == 0 ? "" : ", ");
          part(items.get(i));
        }
        add("]");
      }
      case Value.MapValue(Map<Value, Value> entries) -> fields(entries);
      case Value.Bool _, Value.Int _, Value.Uint _, Value.Temporal _ ->
          add(TypeConversions.toText(value));
      case Value.QuantityValue _, Value.Extension _, Value.OptionalValue _ ->
          throw new CelException(FormatClause.STRING + value.type());
    }
  }

  private static String text(byte[] bytes) {
    try {
      return TypeConversions.decoded(bytes);
    } catch (CelException wrong) {
      throw new CelException(
          "could not convert argument \"%s\" to string".formatted(wrong.getMessage()));
    }
  }

  /// A part of a list or a map, as the language writes it.
  private void part(Value value) {
    switch (value) {
      case Value.Text(String text) -> add(GoText.quote(text));
      case Value.Bytes(byte[] bytes) -> add("b" + GoText.quote(text(bytes)));
      case Value.TimestampValue _ -> add("timestamp(\"" + TypeConversions.toText(value) + "\")");
      case Value.DurationValue _ -> add("duration(\"" + TypeConversions.toText(value) + "\")");
      case Value.DoubleValue(double number) when !Double.isFinite(number) ->
          add('"' + GoNumbers.shortest(number) + '"');
      case Value.DoubleValue(double number) ->
          add(
              (isNegativeZero(number) ? "-" : "")
                  + new BigDecimal(number)
                      .setScale(FormatClause.DIGITS, RoundingMode.HALF_EVEN)
                      .toPlainString());
      case Value.QuantityValue _, Value.Extension _, Value.OptionalValue _ ->
          throw new CelException("no formatting function for " + value.type());
      case Value.ListValue _, Value.MapValue _, Value.Int _, Value.Uint _, Value.Plain _ ->
          shown(value);
    }
  }

  /// Entries in the order of their texts.
  private void fields(Map<Value, Value> entries) {
    List<String> parts = new ArrayList<>();
    entries.forEach((key, entry) -> {
      FormatFunction part = new FormatFunction(frame);
      part.part(key);
      part.out.append(':');
      part.part(entry);
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
