package dev.pintle.kube.instance;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The items of a list that its schema makes a map, by their keys; the first of those that have the same.
final class ItemsByKey {
  // Numbers with a fraction are told apart by so many digits where they are one key of several.
  private static final int DIGITS = 6;

  private final List<String> names;
  private final Map<Json, Json> items = new HashMap<>();

  ItemsByKey(JsonArray list, List<String> names) {
    this.names = names;
    for (Json item : list) {
      Json key = keyOf(item);
      if (key != null) {
        items.putIfAbsent(key, item);
      }
    }
  }

  /// The item with the same keys; null when there is none, or when the given one has no full set of them.
  @Nullable Json find(Json like) {
    Json key = keyOf(like);
    return key == null ? null : items.get(key);
  }

  private @Nullable Json keyOf(Json item) {
    if (!(item instanceof JsonObject object) || names.isEmpty()) {
      return null;
    }
    JsonArray key = new JsonArray();
    for (String name : names) {
      Json part = scalar(object.get(name));
      if (part == null) {
        return null;
      }
      key.add(part);
    }
    return key;
  }

  private @Nullable Json scalar(@Nullable Json value) {
    return switch (value) {
      case Json.Decimal(double number, _) when names.size() > 1 && Double.isFinite(number) ->
          Json.of(
              new BigDecimal(number).setScale(DIGITS, RoundingMode.HALF_EVEN).toPlainString()
                  + "f");
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _ -> value;
      case JsonObject _, JsonArray _, Json.Null _ -> null;
      case null -> null;
    };
  }
}
