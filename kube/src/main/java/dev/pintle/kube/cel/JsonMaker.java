package dev.pintle.kube.cel;

import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The maker of trees of what expressions made.
final class JsonMaker {
  private JsonMaker() {}

  static Json ofFields(AppliedObject object) {
    JsonObject made = new JsonObject();
    object
        .fields()
        .forEach((name, value) -> {
          try {
            made.set(name, of(value));
          } catch (CelException wrong) {
            throw new CelException(
                "fail to convert field %s: %s".formatted(GoText.quote(name), wrong.getMessage()));
          }
        });
    return made;
  }

  /// @throws CelException of what JSON cannot say
  static Json of(Value value) {
    return switch (value) {
      case Value.Bool(boolean truth) -> Json.of(truth);
      case Value.Int(long number) -> Json.of(number);
      case Value.Text(String text) -> Json.of(text);
      case Value.NullValue _ -> Json.NULL;
      case Value.Bytes(byte[] bytes) -> Json.of(Base64.getEncoder().encodeToString(bytes));
      case Value.DoubleValue _, Value.Uint _ -> number(TypeConversions.toText(value));
      case Value.Temporal _ -> Json.of(TypeConversions.toText(value));
      case Value.ListValue(List<Value> items) -> {
        JsonArray made = new JsonArray();
        items.forEach(item -> made.add(of(item)));
        yield made;
      }
      case Value.MapValue(Map<Value, Value> entries) -> {
        JsonObject made = new JsonObject();
        entries.forEach((key, entry) -> made.set(name(key), of(entry)));
        yield made;
      }
      case Value.Extension(AppliedObject object) -> ofFields(object);
      case Value.OptionalValue(Optional<Value> held) when held.isPresent() -> of(held.get());
      case Value.QuantityValue _, Value.Extension _, Value.Type _, Value.OptionalValue _ ->
          throw new CelException(
              "type conversion error from '%s' to 'google.protobuf.Value'".formatted(value.type()));
    };
  }

  private static String name(Value key) {
    if (key instanceof Value.Text(String name)) {
      return name;
    }
    throw new CelException(
        "map key %s is of type %s, not string"
            .formatted(GoText.quote(TypeConversions.toText(key)), TypeConversions.goType(key)));
  }

  private static Json number(String text) {
    try {
      return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (JsonSyntaxException _) {
      throw new CelException("no number of JSON: " + text);
    }
  }
}
