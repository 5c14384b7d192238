package dev.pintle.kube.table;

import dev.pintle.kube.jsonpath.JsonPath;
import dev.pintle.kube.jsonpath.JsonPathException;
import dev.pintle.kube.object.FieldOrder;
import dev.pintle.kube.object.GoNumbers;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.Column;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Cells of the columns that a definition names: the first value at a path, null where there is none or it is of another type.
final class CustomCells {
  private static final String NO_TIME = "<invalid>";

  /// Go's word for a null that is printed.
  private static final Json NO_VALUE = Json.of("<no value>");

  private CustomCells() {}

  static Cell of(Column column) {
    JsonPath path;
    try {
      path = JsonPath.parse(column.expression());
    } catch (JsonPathException unreadable) {
      throw new IllegalArgumentException(
          "%s (expected: a path that was read before)".formatted(column.expression()), unreadable);
    }
    String type = column.type();
    return (object, now) -> shown(path, object, type, now);
  }

  private static Json shown(JsonPath path, JsonObject object, String type, Instant now) {
    try {
      List<Json> found = path.find(object);
      return found.isEmpty() ? Json.NULL : shown(found.getFirst(), type, now);
    } catch (JsonPathException _) {
      // As upstream: a path that does not fit this object leads to nothing in it.
      return Json.NULL;
    }
  }

  private static Json shown(Json value, String type, Instant now) {
    return switch (type) {
      case "integer" -> integer(value);
      case "number" ->
          value instanceof Json.Whole || value instanceof Json.Decimal ? value : Json.NULL;
      case "boolean" -> value instanceof Json.Bool ? value : Json.NULL;
      case "date" -> value instanceof Json.Text(var text) ? Json.of(age(text, now)) : Json.NULL;
      default -> text(value);
    };
  }

  private static Json integer(Json value) {
    return switch (value) {
      case Json.Whole _ -> value;
      case Json.Decimal(var number, _) -> Json.of((long) number);
      case Json.Text _, Json.Bool _, Json.Null _, JsonArray _, JsonObject _ -> Json.NULL;
    };
  }

  private static String age(String text, Instant now) {
    try {
      return HumanDuration.since(
          text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text)), now);
    } catch (DateTimeException _) {
      return NO_TIME;
    }
  }

  /// What is made of parts is shown whole.
  private static Json text(Json value) {
    return switch (value) {
      case JsonObject _, JsonArray _ -> Json.of(JsonWriter.text(FieldOrder.throughout(value)));
      case Json.Decimal(var number, _) -> Json.of(GoNumbers.text(number));
      case Json.Text _, Json.Whole _, Json.Bool _ -> Json.of(NestedFields.scalar(value));
      case Json.Null _ -> NO_VALUE;
    };
  }
}
