package dev.pintle.kube.object;

import org.jspecify.annotations.Nullable;

/// A document holds a number that is too large for any type of number; the message is Go's. Upstream finds it only when it
/// makes values of a document that it has looked at, and says so elsewhere than of one that is none.
public final class JsonRangeException extends JsonSyntaxException {
  private JsonRangeException(String message) {
    super(message);
  }

  static JsonRangeException of(String number) {
    return new JsonRangeException(message(number));
  }

  private static String message(String number) {
    return "json: cannot unmarshal number %s into Go value of type float64".formatted(number);
  }

  /// Go's words about the first number of a tree, read as it was written, that is too large; null when there is none.
  public static @Nullable String found(Json value) {
    return switch (value) {
      // What we wrote ourselves has none.
      case JsonObject object when object.unread() != null -> null;
      case JsonObject object -> {
        String found = null;
        for (int i = 0; i < object.size() && found == null; i++) {
          found = found(object.valueAt(i));
        }
        yield found;
      }
      case JsonArray array -> {
        String found = null;
        for (int i = 0; i < array.size() && found == null; i++) {
          found = found(array.at(i));
        }
        yield found;
      }
      case Json.Decimal(var number, var written) ->
          Double.isInfinite(number) ? message(written) : null;
      case Json.Text _, Json.Whole _, Json.Bool _, Json.Null _ -> null;
    };
  }
}
