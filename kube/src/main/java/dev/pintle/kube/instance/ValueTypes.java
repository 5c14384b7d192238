package dev.pintle.kube.instance;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import java.util.List;

/// The types of OpenAPI: those that a schema names and those that values have.
final class ValueTypes {
  private static final double WHOLE_MAX = 9007199254740991d;
  private static final double EPSILON = 1e-9;

  private ValueTypes() {}

  /// The types that a schema allows; none for any.
  static List<String> of(ValueKind kind) {
    return switch (kind) {
      case ANY -> List.of();
      case OBJECT, MAP -> List.of("object");
      case LIST -> List.of("array");
      case TEXT, BYTES, TIME, MICRO_TIME -> List.of("string");
      case BOOLEAN -> List.of("boolean");
      case DOUBLE -> List.of("number");
      case INT32, INT64 -> List.of("integer");
      case INT_OR_STRING, QUANTITY -> List.of("integer", "string");
    };
  }

  static String of(Json value) {
    return switch (value) {
      case JsonObject _ -> "object";
      case JsonArray _ -> "array";
      case Json.Text _ -> "string";
      case Json.Whole _ -> "integer";
      case Json.Decimal _ -> "number";
      case Json.Bool _ -> "boolean";
      case Json.Null _ -> "null";
    };
  }

  /// The format that upstream infers of a value.
  private static String formatOf(Json value) {
    return switch (value) {
      case Json.Whole _ -> "int64";
      case Json.Decimal _ -> "float64";
      case JsonObject _, JsonArray _, Json.Text _, Json.Bool _, Json.Null _ -> "";
    };
  }

  /// The types that a schema names, one that there is not among them.
  static List<String> of(SchemaNode node) {
    String unknown = node.rules().extensions().unknownType();
    return unknown.isEmpty() ? of(node.kind()) : List.of(unknown);
  }

  /// Those of a default: where a number or a text may stand, upstream lets any default be.
  static List<String> ofDefault(SchemaNode node) {
    List<String> types = of(node);
    return types.size() > 1 ? List.of() : types;
  }

  /// @param types that the value may have, none for any
  static void check(
      SchemaNode node, List<String> types, InstanceValue subject, ValidationResult verdict) {
    String format = ValueFormats.checked(node);
    if (types.isEmpty() && format.isEmpty()) {
      return;
    }
    Json value = subject.value();
    if (value instanceof Json.Null) {
      if (!types.isEmpty() && !node.rules().nullable() && !types.contains("null")) {
        subject.wrongType(verdict, String.join(",", types), "null");
      } else {
        verdict.match();
      }
      return;
    }
    String is = of(value);
    boolean textual = value instanceof Json.Text || value instanceof JsonArray;
    boolean numeric = types.contains("integer") || types.contains("number");
    boolean fits = types.contains(is) || fitsAsNumber(types, value);
    if (!textual && !format.isEmpty() && !fits && !formatOf(value).equals(format)) {
      subject.wrongType(verdict, format, formatOf(value));
    } else if (!fits && (numeric || format.isEmpty() || !textual)) {
      subject.wrongType(verdict, String.join(",", types), is);
    } else {
      verdict.match();
    }
  }

  private static boolean fitsAsNumber(List<String> types, Json value) {
    return switch (value) {
      case Json.Whole _ -> types.contains("number");
      case Json.Decimal(double number, _) -> types.contains("integer") && isWhole(number);
      case JsonObject _, JsonArray _, Json.Text _, Json.Bool _, Json.Null _ -> false;
    };
  }

  /// Whether a double counts as an integer of JSON, as Go's libraries have it: nearly whole is enough.
  static boolean isWhole(double number) {
    if (Double.isNaN(number) || Math.abs(number) > WHOLE_MAX) {
      return false;
    }
    double rounded = number < 0 ? -Math.floor(-number + 0.5) : Math.floor(number + 0.5);
    return number == rounded
        || (rounded != 0 && Math.abs(number - rounded) < EPSILON * Math.abs(rounded));
  }

  /// Whether a value is the one that a list of allowed values names; numbers are compared as the named one's type.
  static boolean isSame(Json value, Json named) {
    return switch (named) {
      case Json.Whole(long whole) when value instanceof Json.Decimal(double number, _) ->
          (long) number == whole;
      case Json.Decimal(double wanted, _) when value instanceof Json.Whole(long whole) ->
          (double) whole == wanted;
      case Json.Null _ -> false;
      case JsonObject _, JsonArray _, Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _ ->
          named.equals(value);
    };
  }

  /// A value as a list of allowed values shows it.
  static String text(Json value) {
    return value instanceof Json.Text(String text) ? text : JsonWriter.text(value);
  }
}
