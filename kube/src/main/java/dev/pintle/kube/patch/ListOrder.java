package dev.pintle.kube.patch;

import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The order of a merged list. Items named by the patch follow the patch's order, the others keep the order they had; the
/// two runs are interleaved by where the items stood in the original list.
///
/// Items are identified by `key`, or are scalars when it is null.
final class ListOrder {
  private static final int INSERTED_MAX = 20;

  private ListOrder() {}

  static JsonArray arrange(
      JsonArray merged, JsonArray named, JsonArray original, @Nullable String key) {
    Positions inPatch = new Positions(named, key);
    Positions before = new Positions(original, key);
    List<Json> fromPatch = new ArrayList<>();
    List<Json> others = new ArrayList<>();
    for (Json item : merged) {
      (inPatch.of(item) >= 0 ? fromPatch : others).add(item);
    }
    fromPatch.sort(Comparator.comparingInt(inPatch::of));
    sort(others, before);
    return interleave(others, fromPatch, before);
  }

  /// Short lists as upstream sorts them, whose order knows nothing of new items: each moves ahead of those before it until one
  /// stands where it should.
  private static void sort(List<Json> items, Positions before) {
    if (items.size() > INSERTED_MAX) {
      items.sort(Comparator.comparingInt(before::of));
      return;
    }
    for (int i = 1; i < items.size(); i++) {
      for (int j = i; j > 0 && isLess(items.get(j), items.get(j - 1), before); j--) {
        Collections.swap(items, j, j - 1);
      }
    }
  }

  private static boolean isLess(Json one, Json other, Positions before) {
    int place = before.of(one);
    int otherPlace = before.of(other);
    return place < 0 || otherPlace < 0 || place < otherPlace;
  }

  private static JsonArray interleave(List<Json> others, List<Json> fromPatch, Positions before) {
    JsonArray arranged = new JsonArray();
    int left = 0;
    for (Json item : fromPatch) {
      int place = before.of(item);
      while (left < others.size() && place >= 0 && isBefore(before.of(others.get(left)), place)) {
        arranged.add(others.get(left++));
      }
      arranged.add(item);
    }
    while (left < others.size()) {
      arranged.add(others.get(left++));
    }
    return arranged;
  }

  private static boolean isBefore(int position, int place) {
    return position >= 0 && position < place;
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
        throw PatchException.unforeseen(
            "The order in patch list:\n%s\n doesn't match $setElementOrder list:\n%s\n"
                .formatted(GoValues.text(patch), GoValues.text(order)));
      }
      at++;
    }
  }

  private static boolean same(Json item, Json other, @Nullable String key) throws PatchException {
    if (key == null) {
      return item.equals(other);
    }
    return StrategicLists.keyOf(object(item), key).equals(StrategicLists.keyOf(object(other), key));
  }

  /// With a key, every item of both must be an object that has it.
  static void requireKeys(JsonArray merged, JsonArray order, @Nullable String key)
      throws PatchException {
    if (key == null) {
      return;
    }
    for (Json item : merged) {
      StrategicLists.keyOf(object(item), key);
    }
    for (int i = 0; i < order.size(); i++) {
      if (merged.isEmpty()) {
        object(order.at(i));
      }
      if (!(order.at(i) instanceof JsonObject item)) {
        throw PatchException.unforeseen("value for key %d is not a map".formatted(i));
      }
      StrategicLists.keyOf(item, key);
    }
  }

  private static JsonObject object(Json item) throws PatchException {
    if (item instanceof JsonObject object) {
      return object;
    }
    throw PatchException.otherType("map[string]interface {}", item);
  }
}
