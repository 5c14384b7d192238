package dev.pintle.kube.cel;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The words for values that do not fit the function that they are given to: most functions are named with what they were
/// given, those that are as old as the language are not.
final class MisfitWords {
  private static final Set<String> SILENT =
      Set.of("contains", "startsWith", "endsWith", "matches", "size", "@in", "!_", "-_");
  private static final Set<String> ORDERS = Set.of("_<_", "_<=_", "_>_", "_>=_");

  private MisfitWords() {}

  static CelException of(String function, Value[] given) {
    CelException noList = given.length == 0 ? null : ofNoList(function, given);
    if (noList != null) {
      return noList;
    }
    boolean named =
        (function.equals("size") && !(given[0] instanceof Value.Temporal))
            || (ORDERS.contains(function) && !isOrdered(given[0]))
            || (given.length > 0 && !isComputed(function, given[0]));
    if (named) {
      return new CelException(CelException.NO_OVERLOAD + ": " + function);
    }
    boolean written = function.equals("containsIP") && given[1] instanceof Value.Text;
    if (written && given[0] instanceof Value.Extension(NetPrefix _)) {
      return CelException.noOverload();
    }
    boolean summed = function.equals("sum") && given[0] instanceof Value.ListValue;
    if (summed || SILENT.contains(function) || function.startsWith("_")) {
      return CelException.noOverload();
    }
    List<String> types = new ArrayList<>();
    for (Value value : given) {
      types.add(value.type());
    }
    return new CelException(
        "%s: %s(%s)".formatted(CelException.NO_OVERLOAD, function, String.join(", ", types)));
  }

  /// Whether arithmetic of that kind is known for values of a type at all, or the type answers for itself.
  private static boolean isComputed(String operator, Value left) {
    boolean plus = operator.equals("_+_");
    boolean sum = plus || operator.equals("_-_");
    boolean product = operator.equals("_*_") || operator.equals("_/_");
    if (!sum && !product && !operator.equals("_%_") && !operator.equals("-_")) {
      return true;
    }
    return switch (left) {
      case Value.Int _ -> true;
      case Value.Uint _ -> !operator.equals("-_");
      case Value.DoubleValue _ -> !operator.equals("_%_");
      case Value.Bytes _, Value.ListValue _ -> plus;
      case Value.Text _, Value.Temporal _ -> true;
      case Value.Bool _ -> operator.equals("-_");
      case Value.MapValue _,
          Value.NullValue _,
          Value.QuantityValue _,
          Value.Extension _,
          Value.Type _,
          Value.OptionalValue _ ->
          false;
    };
  }

  /// What a function of lists says of something else; null for other functions and for lists.
  private static @Nullable CelException ofNoList(String function, Value[] arguments) {
    Value given = arguments[0];
    if (given instanceof Value.ListValue && !function.equals("flatten")) {
      return null;
    }
    return switch (function) {
      case "sort", "@sortByAssociatedKeys" ->
          given instanceof Value.Text || given instanceof Value.Temporal
              ? CelException.noOverload()
              : new CelException(CelException.NO_OVERLOAD + ": " + function);
      case "flatten" -> ofFlatten(arguments);
      case "distinct" -> new CelException(noLister(given));
      default -> null;
    };
  }

  private static CelException ofFlatten(Value[] arguments) {
    if (arguments[0] instanceof Value.ListValue) {
      return new CelException(
          "internal error: interface conversion: ref.Val is %s, not types.Int"
              .formatted(TypeConversions.goValueType(arguments[1])));
    }
    String depth = arguments.length > 1 ? typeWithParts(arguments[1]) : "";
    return new CelException(
        "%s: %s.flatten(%s)"
            .formatted(CelException.NO_OVERLOAD, typeWithParts(arguments[0]), depth));
  }

  private static String typeWithParts(Value value) {
    return switch (value) {
      case Value.MapValue _ -> "map(dyn, dyn)";
      case Value.OptionalValue _ -> "optional_type(dyn)";
      case Value.ListValue _ -> "list(dyn)";
      case Value.Text _, Value.Bytes _, Value.Numeric _, Value.Temporal _, Value.Plain _ ->
          value.type();
    };
  }

  /// Upstream takes for a list what is none, and tells the first that it lacks.
  private static String noLister(Value value) {
    boolean adds =
        switch (value) {
          case Value.Numeric _, Value.Temporal _, Value.Text _, Value.Bytes _ -> true;
          case Value.ListValue _, Value.MapValue _, Value.Plain _, Value.OptionalValue _ -> false;
        };
    return "internal error: interface conversion: %s is not traits.Lister: missing method %s"
        .formatted(TypeConversions.goValueType(value), adds ? "Contains" : "Add");
  }

  /// A value as Go prints it.
  static String shown(Value value) {
    return switch (value) {
      case Value.ListValue(List<Value> items) ->
          items.stream().map(MisfitWords::shown).collect(Collectors.joining(", ", "[", "]"));
      case Value.MapValue(Map<Value, Value> entries) ->
          entries.entrySet().stream()
              .map(entry -> shown(entry.getKey()) + ": " + shown(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case Value.Bytes(byte[] bytes) ->
          IntStream.range(0, bytes.length)
              .mapToObj(i -> Integer.toString(bytes[i] & 0xff))
              .collect(Collectors.joining(" ", "[", "]"));
      case Value.OptionalValue(var held) ->
          held.map(one -> "optional(%s)".formatted(shown(one))).orElse("optional.none()");
      case Value.NullValue _ -> "NULL_VALUE";
      case Value.Type(String name) -> name;
      case Value.DurationValue(var span) -> shown(span);
      case Value.TimestampValue moment -> TimeFunctions.text(moment);
      case Value.Text _, Value.Numeric _, Value.Bool _, Value.QuantityValue _, Value.Extension _ ->
          TypeConversions.toText(value);
    };
  }

  /// A span as Go prints it: `1h0m0s`, `1.5s`, `20ms`.
  private static String shown(Duration span) {
    Duration length = span.abs();
    BigDecimal nanos = new BigDecimal(length.toNanosPart());
    String text;
    if (length.toSeconds() > 0) {
      BigDecimal seconds = nanos.movePointLeft(9).add(new BigDecimal(length.toSecondsPart()));
      String minutes = length.toMinutes() > 0 ? length.toMinutesPart() + "m" : "";
      String hours = length.toHours() > 0 ? length.toHours() + "h" : "";
      text = hours + minutes + plain(seconds) + "s";
    } else if (length.isZero()) {
      text = "0s";
    } else if (length.toNanosPart() >= 1_000_000) {
      text = plain(nanos.movePointLeft(6)) + "ms";
    } else {
      text = length.toNanosPart() >= 1_000 ? plain(nanos.movePointLeft(3)) + "µs" : nanos + "ns";
    }
    return span.isNegative() ? "-" + text : text;
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /// Whether values of its type have an order.
  static boolean isOrdered(Value value) {
    return switch (value) {
      case Value.Numeric _, Value.Temporal _, Value.Text _, Value.Bytes _, Value.Bool _ -> true;
      case Value.ListValue _,
          Value.MapValue _,
          Value.NullValue _,
          Value.QuantityValue _,
          Value.Extension _,
          Value.OptionalValue _,
          Value.Type _ ->
          false;
    };
  }
}
