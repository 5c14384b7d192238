package dev.pintle.kube.patch;

import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.SchemaNode;
import java.util.HashSet;
import java.util.Set;

/// The strategic merge patch: a merge patch that knows by the schema which lists are sets or maps, and merges those item by
/// item. Directives in the patch replace or delete an object, keep only some of its fields, take values out of a list, or
/// say in which order a merged list stands.
///
/// Both the patch and the original are taken apart on the way.
final class StrategicMerge {
  private StrategicMerge() {}

  static JsonObject apply(JsonObject patch, JsonObject original, SchemaNode node)
      throws PatchException {
    if (patch.get(Directives.PATCH) instanceof Json directive) {
      return marked(directive, patch);
    }
    retainKeys(patch, original);
    for (String name : namesOf(patch)) {
      if (name.startsWith(Directives.ELEMENT_ORDER)) {
        mergeInOrder(name, patch, original, node);
      }
    }
    for (String name : namesOf(patch)) {
      Json value = patch.get(name);
      if (value instanceof Json.Null) {
        original.removeLater(fieldOf(name));
      } else if (value != null) {
        mergeField(name, value, original, node);
      }
    }
    original.settle();
    return original;
  }

  private static JsonObject marked(Json directive, JsonObject patch) throws PatchException {
    if (directive.equals(Json.of("replace"))) {
      patch.remove(Directives.PATCH);
      return patch;
    }
    if (directive.equals(Json.of("delete"))) {
      return new JsonObject();
    }
    throw Directives.unknown(directive, patch);
  }

  private static void retainKeys(JsonObject patch, JsonObject original) throws PatchException {
    Json list = patch.remove(Directives.RETAIN_KEYS);
    if (list == null) {
      return;
    }
    if (!(list instanceof JsonArray names)) {
      throw PatchException.malformed("invalid patch format of retainKeys");
    }
    Set<Json> kept = new HashSet<>();
    names.forEach(kept::add);
    for (JsonObject.Field field : patch) {
      boolean asked =
          field.value() instanceof Json.Null
              || field.name().startsWith(Directives.DELETE_FROM_LIST)
              || field.name().startsWith(Directives.ELEMENT_ORDER);
      if (!asked && !kept.contains(Json.of(field.name()))) {
        throw PatchException.malformed("invalid patch format of retainKeys");
      }
    }
    original.removeIf((name, _) -> !kept.contains(Json.of(name)));
  }

  private static void mergeInOrder(
      String directive, JsonObject patch, JsonObject original, SchemaNode node)
      throws PatchException {
    Json given = patch.removeLater(directive);
    JsonArray order = given == null ? new JsonArray() : requireList(given);
    String name = Directives.fieldOf(directive, Directives.ELEMENT_ORDER, "setElementOrder list");
    Json sent = patch.removeLater(name);
    Json there = original.get(name);
    JsonArray originalList = there == null ? new JsonArray() : requireList(there);
    JsonArray patchList = sent == null ? new JsonArray() : requireList(sent);
    MergedField field = MergedField.ofList(name, node);
    ListOrder.requireConsistent(patchList, order, field.mergeKey());
    if (sent == null && there == null) {
      return;
    }
    JsonArray merged;
    if (sent == null) {
      merged = originalList;
    } else if (there == null) {
      merged = (JsonArray) Directives.strip(patchList);
    } else {
      merged =
          field.merges() ? StrategicLists.merge(field, patchList, originalList.copy()) : patchList;
    }
    if (originalList.isEmpty() && patchList.isEmpty()) {
      // What they would hold is asked before the order is looked at.
      StrategicLists.holdsObjects(originalList, patchList);
    }
    ListOrder.requireKeys(merged, order, field.mergeKey());
    if (StrategicLists.holdsObjects(originalList, patchList) && field.mergeKey() == null) {
      for (JsonObject item : originalList.objects()) {
        StrategicLists.keyOf(item, null);
      }
    }
    original.set(name, ListOrder.arrange(merged, order, originalList, field.mergeKey()));
  }

  private static JsonArray requireList(Json value) throws PatchException {
    if (value instanceof JsonArray list) {
      return list;
    }
    throw PatchException.otherType("[]interface {}", value);
  }

  private static void mergeField(String patchName, Json value, JsonObject original, SchemaNode node)
      throws PatchException {
    boolean deletes = patchName.startsWith(Directives.DELETE_FROM_LIST);
    String name = fieldOf(patchName);
    Json there = original.get(name);
    if (deletes && there instanceof JsonArray && value instanceof JsonArray) {
      deleteFrom(name, value, original, node);
    } else if (there instanceof JsonObject object && value instanceof JsonObject patch) {
      MergedField field = MergedField.of(name, node);
      original.set(name, field.replaces() ? patch : apply(patch, object, field.node()));
    } else if (there instanceof JsonArray list && value instanceof JsonArray patch) {
      MergedField field = MergedField.ofList(name, node);
      original.set(name, field.merges() ? StrategicLists.merge(field, patch, list) : patch);
    } else if (there != null && GoValues.kind(there).equals(GoValues.kind(value))) {
      // One that names no list takes the place of what is of its type.
      original.set(name, value);
    } else if (!deletes) {
      replace(name, value, original);
    }
  }

  /// A directive that does not fit what is there does nothing.
  private static void deleteFrom(String name, Json value, JsonObject original, SchemaNode node)
      throws PatchException {
    if (original.get(name) instanceof JsonArray list && value instanceof JsonArray gone) {
      MergedField field = MergedField.ofList(name, node);
      boolean empty = list.isEmpty() && gone.isEmpty();
      if (!empty) {
        // Objects are merged, whatever the directive says.
        original.set(
            name,
            StrategicLists.holdsObjects(list, gone)
                ? StrategicLists.merge(field, gone, list)
                : StrategicLists.without(list, gone));
      }
    }
  }

  /// A directive that names a field without a name is about none, and stands for itself.
  private static String fieldOf(String patchName) throws PatchException {
    if (!patchName.startsWith(Directives.DELETE_FROM_LIST)) {
      return patchName;
    }
    String name = Directives.fieldOf(patchName, Directives.DELETE_FROM_LIST, "primitive list");
    return name.isEmpty() ? patchName : name;
  }

  private static void replace(String name, Json value, JsonObject original) {
    Directives.dropNulls(value);
    if (Directives.isMarked(value)) {
      original.removeLater(name);
      return;
    }
    original.set(name, Directives.strip(value));
  }

  private static String[] namesOf(JsonObject object) {
    String[] names = new String[object.size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = object.nameAt(i);
    }
    return names;
  }
}
