package dev.pintle.kube.patch;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The order of a merged list. Items named by the patch follow the patch's order, the others keep the order they had; the
/// two runs are interleaved by where the items stood in the original list.
///
/// Items are identified by `key`, or are scalars when it is null.
final class ListOrder {
  private ListOrder() {}

  static JsonArray arrange(
      JsonArray merged, JsonArray named, JsonArray original, @Nullable String key) {
    List<Json> fromPatch = new ArrayList<>();
    List<Json> others = new ArrayList<>();
    for (Json item : merged) {
      (position(named, item, key) >= 0 ? fromPatch : others).add(item);
    }
    fromPatch.sort(Comparator.comparingInt(item -> position(named, item, key)));
    others.sort(Comparator.comparingInt(item -> position(original, item, key)));
    return interleave(others, fromPatch, original, key);
  }

  private static JsonArray interleave(
      List<Json> others, List<Json> fromPatch, JsonArray original, @Nullable String key) {
    JsonArray arranged = new JsonArray();
    int left = 0;
    for (Json item : fromPatch) {
      int place = position(original, item, key);
      while (left < others.size()
          && place >= 0
          && isBefore(others.get(left), place, original, key)) {
        arranged.add(others.get(left++));
      }
      arranged.add(item);
    }
    while (left < others.size()) {
      arranged.add(others.get(left++));
    }
    return arranged;
  }

  private static boolean isBefore(Json item, int place, JsonArray original, @Nullable String key) {
    int position = position(original, item, key);
    return position >= 0 && position < place;
  }

  private static int position(JsonArray list, Json item, @Nullable String key) {
    if (key != null && item instanceof JsonObject object) {
      Json value = object.get(key);
      return value == null ? -1 : StrategicLists.find(list, key, value);
    }
    for (int i = 0; i < list.size(); i++) {
      if (list.at(i).equals(item)) {
        return i;
      }
    }
    return -1;
  }

  /// The patch's list must name its items in the order of `order`, which may name more.
  static void requireConsistent(JsonArray patch, JsonArray order, @Nullable String key)
      throws PatchException {
    if (order.isEmpty() || patch.isEmpty()) {
      return;
    }
    int at = 0;
    for (Json item : patch) {
      if (Directives.isMarked(item)) {
        continue;
      }
      while (at < order.size() && !same(item, order.at(at), key)) {
        at++;
      }
      if (at == order.size()) {
        throw PatchException.notApplicable(
            "The order in patch list:\n%s\n doesn't match $setElementOrder list:\n%s\n"
                .formatted(patch, order));
      }
      at++;
    }
  }

  private static boolean same(Json item, Json other, @Nullable String key) throws PatchException {
    if (key == null) {
      return item.equals(other);
    }
    if (!(item instanceof JsonObject left) || !(other instanceof JsonObject right)) {
      throw PatchException.notApplicable(
          "expected a map[string]interface {}, but received another value");
    }
    return StrategicLists.keyOf(left, key).equals(StrategicLists.keyOf(right, key));
  }
}
