package dev.pintle.kube.patch;

import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ValueKind;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Merging of lists that the schema calls sets (of scalars) or maps (of objects, by a key).
final class StrategicLists {
  private StrategicLists() {}

  /// The merged list: what the patch names stands in the patch's order, the rest as it stood.
  static JsonArray merge(MergedField field, JsonArray patch, JsonArray original)
      throws PatchException {
    if (patch.isEmpty() && original.isEmpty()) {
      return original;
    }
    if (!holdsObjects(original, patch)) {
      return ListOrder.arrange(union(original, patch), patch, original, null);
    }
    String key = field.mergeKey();
    if (key == null) {
      throw PatchException.unforeseen("cannot merge lists without merge key for " + kindOf(field));
    }
    JsonArray plain = new JsonArray();
    if (replaces(patch, original, key, plain)) {
      ListOrder.requireKeys(plain, new JsonArray(), key);
      return plain;
    }
    JsonArray order = original.copy();
    Positions positions = new Positions(original, key);
    for (Json item : plain) {
      positions = mergeItem(field, key, (JsonObject) item, original, positions);
    }
    // Also of those that the patch does not name: they are looked up in it.
    ListOrder.requireKeys(original, new JsonArray(), key);
    return ListOrder.arrange(original, plain, order, key);
  }

  private static String kindOf(MergedField field) {
    return switch (field.node().kind() == ValueKind.LIST
        ? field.node().items().kind()
        : ValueKind.OBJECT) {
      case MAP -> "map";
      case TEXT -> "string";
      case INT32 -> "int32";
      case INT64 -> "int64";
      case BOOLEAN -> "bool";
      case OBJECT, LIST, ANY, DOUBLE, BYTES, TIME, MICRO_TIME, QUANTITY, INT_OR_STRING -> "struct";
    };
  }

  /// Whether the items of both are objects; those of one list and of the other must be alike.
  static boolean holdsObjects(JsonArray original, JsonArray patch) throws PatchException {
    Json first = null;
    for (JsonArray list : new JsonArray[] {original, patch}) {
      for (Json item : list) {
        if (first == null) {
          first = item;
          if (item instanceof JsonArray) {
            throw PatchException.notApplicable("lists of lists are not supported");
          }
        } else if (!GoValues.type(item).equals(GoValues.type(first))) {
          throw PatchException.unforeseen(
              "list element types are not identical: [%s %s]"
                  .formatted(GoValues.text(original), GoValues.text(patch)));
        }
      }
    }
    if (first == null) {
      throw PatchException.unforeseen("no elements in any of the given slices");
    }
    return first instanceof JsonObject;
  }

  private static JsonArray union(JsonArray original, JsonArray patch) {
    Set<Json> all = new LinkedHashSet<>();
    original.forEach(all::add);
    patch.forEach(all::add);
    JsonArray union = new JsonArray();
    all.forEach(union::add);
    return union;
  }

  static JsonArray without(JsonArray list, JsonArray gone) {
    Set<Json> removed = new HashSet<>();
    gone.forEach(removed::add);
    JsonArray kept = new JsonArray();
    for (Json item : list) {
      if (!removed.contains(item)) {
        kept.add(item);
      }
    }
    return kept;
  }

  /// Carries out the items of the patch that are directives; the other items go to `plain`. Answers whether they are to stand in
  /// the place of the original.
  private static boolean replaces(JsonArray patch, JsonArray original, String key, JsonArray plain)
      throws PatchException {
    boolean replaces = false;
    Set<Json> deleted = new HashSet<>(0);
    for (Json item : patch) {
      JsonObject object = (JsonObject) item;
      Json directive = object.get(Directives.PATCH);
      if (directive == null) {
        plain.add(object);
      } else if (directive.equals(Json.of("delete"))) {
        deleted.add(keyOf(object, key));
      } else if (directive.equals(Json.of("replace"))) {
        replaces = true;
      } else if (directive.equals(Json.of("merge"))) {
        throw PatchException.unforeseen("merging lists cannot yet be specified in the patch");
      } else {
        throw Directives.unknown(directive, object);
      }
    }
    if (!deleted.isEmpty()) {
      original.removeIf(item ->
          item instanceof JsonObject object
              && object.get(key) instanceof Json value
              && deleted.contains(value));
    }
    return replaces;
  }

  /// Answers where the items stand after it.
  private static Positions mergeItem(
      MergedField field, String key, JsonObject item, JsonArray base, Positions positions)
      throws PatchException {
    Json value = keyOf(item, key);
    int position = positions.ofKey(value);
    if (position < 0) {
      base.add(item);
      positions.added(item);
      return positions;
    }
    JsonObject merged =
        StrategicMerge.apply(item, (JsonObject) base.at(position), field.node().items());
    base.set(position, merged);
    return value.equals(merged.get(key)) ? positions : new Positions(base, key);
  }

  static Json keyOf(JsonObject item, @Nullable String key) throws PatchException {
    Json value = key == null ? null : item.get(key);
    if (value == null) {
      throw PatchException.unforeseen(
          "map: %s does not contain declared merge key: %s"
              .formatted(GoValues.text(item), key == null ? "" : key));
    }
    return value;
  }
}
