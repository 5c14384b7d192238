package dev.pintle.kube.patch;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
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
    if (patch.isEmpty()) {
      return original;
    }
    if (!holdsObjects(patch, original)) {
      return ListOrder.arrange(union(original, patch), patch, original, null);
    }
    String key = field.mergeKey();
    if (key == null) {
      throw PatchException.notApplicable(
          "cannot merge lists without merge key for " + field.name());
    }
    JsonArray plain = new JsonArray();
    JsonArray base = withDirectives(patch, original, key, plain);
    JsonArray order = base.copy();
    Positions positions = new Positions(base, key);
    for (Json item : plain) {
      positions = mergeItem(field, key, (JsonObject) item, base, positions);
    }
    return ListOrder.arrange(base, plain, order, key);
  }

  private static boolean holdsObjects(JsonArray patch, JsonArray original) throws PatchException {
    boolean objects = patch.at(0) instanceof JsonObject;
    for (JsonArray list : new JsonArray[] {patch, original}) {
      for (Json item : list) {
        if (item instanceof JsonArray) {
          throw PatchException.malformed("lists of lists are not supported");
        }
        if (item instanceof JsonObject != objects) {
          throw PatchException.notApplicable("list element types are not identical");
        }
      }
    }
    return objects;
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

  /// Carries out the items of the patch that are directives and answers what is left of the original; the other items go
  /// to `plain`.
  private static JsonArray withDirectives(
      JsonArray patch, JsonArray original, String key, JsonArray plain) throws PatchException {
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
        throw PatchException.notApplicable("merging lists cannot yet be specified in the patch");
      } else {
        throw PatchException.notApplicable(
            "unknown patch type: %s in map: %s".formatted(directive, object));
      }
    }
    if (!deleted.isEmpty()) {
      original.removeIf(item ->
          item instanceof JsonObject object
              && object.get(key) instanceof Json value
              && deleted.contains(value));
    }
    return replaces ? new JsonArray() : original;
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
      throw PatchException.notApplicable(
          "map: %s does not contain declared merge key: %s".formatted(item, key));
    }
    return value;
  }
}
