package dev.pintle.kube.ownership;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;

/// An object less some of its paths.
final class FieldRemoval {
  private FieldRemoval() {}

  static JsonObject paths(MergeGranularity grain, JsonObject object, FieldSet gone) {
    return value(grain, object, gone) instanceof JsonObject left ? left : new JsonObject();
  }

  /// Null in JSON where nothing is left.
  private static Json value(MergeGranularity grain, Json value, FieldSet gone) {
    return switch (value) {
      case JsonObject map ->
          grain.shape(value) == MergeGranularity.Shape.ENTRIES
              ? entries(grain, map, gone)
              : Json.NULL;
      case JsonArray list ->
          grain.shape(value) == MergeGranularity.Shape.ITEMS ? items(grain, list, gone) : Json.NULL;
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> value;
    };
  }

  private static Json entries(MergeGranularity grain, JsonObject map, FieldSet gone) {
    JsonObject left = new JsonObject();
    for (int i = 0; i < map.size(); i++) {
      String name = map.nameAt(i);
      PathElement element = new PathElement.Name(name);
      if (!gone.hasMember(element)) {
        left.set(name, part(grain.entry(name), map.valueAt(i), gone.below(element)));
      }
    }
    return left.isEmpty() ? Json.NULL : left;
  }

  private static Json items(MergeGranularity grain, JsonArray list, FieldSet gone) {
    JsonArray left = new JsonArray();
    for (Json item : list) {
      PathElement element = ObjectFieldSet.elementOrNull(grain, item);
      if (element == null) {
        left.add(item);
      } else if (!gone.hasMember(element)) {
        left.add(part(grain.item(), item, gone.below(element)));
      }
    }
    return left.isEmpty() ? Json.NULL : left;
  }

  private static Json part(MergeGranularity grain, Json value, FieldSet gone) {
    return gone.isEmpty() ? value : value(grain, value, gone);
  }
}
