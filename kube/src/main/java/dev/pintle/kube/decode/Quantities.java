package dev.pintle.kube.decode;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.quantity.QuantitySyntaxException;

/// Quantities in bodies, brought into the form in which upstream writes them.
final class Quantities {
  private Quantities() {}

  static Json accept(Json value) {
    return switch (value) {
      case Json.Text(var text) -> Json.of(canonical(text.strip()));
      case Json.Whole _, Json.Decimal _ -> Json.of(canonical(JsonWriter.textAsWritten(value)));
      case JsonObject _, JsonArray _, Json.Bool _, Json.Null _ ->
          throw new Undecodable(
              "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
    };
  }

  static String canonical(String text) {
    try {
      return Quantity.parse(text).toString();
    } catch (QuantitySyntaxException malformed) {
      throw new Undecodable(String.valueOf(malformed.getMessage()));
    }
  }
}
