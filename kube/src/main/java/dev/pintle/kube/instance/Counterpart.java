package dev.pintle.kube.instance;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.ListType;
import dev.pintle.kube.schema.SchemaNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value beside what stood in its place before an update. What is wrong with it is let through while the two are equal.
///
/// Parts have a counterpart where the schema says what they are: those of objects by name, items of a list by their keys
/// where the list is a map. Two such lists are equal in whatever order their items are. An object with a part of which the
/// schema says nothing is never equal to another, so neither is one that has metadata.
final class Counterpart {
  private final @Nullable Counterpart parent;
  private final Object place;
  private final SchemaNode node;
  private final Json now;
  private final Json before;
  private @Nullable ItemsByKey items;
  private @Nullable Map<Object, Boolean> known;
  private @Nullable Boolean unchanged;

  /// @param place in the parent: a name or a position
  private Counterpart(
      @Nullable Counterpart parent, Object place, SchemaNode node, Json now, Json before) {
    this.parent = parent;
    this.place = place;
    this.node = node;
    this.now = now;
    this.before = before;
  }

  /// @param before null when nothing was there
  static @Nullable Counterpart of(SchemaNode node, Json now, @Nullable Json before) {
    return before == null ? null : new Counterpart(null, "", node, now, before);
  }

  Json before() {
    return before;
  }

  /// The field or entry of an object; null where there is no counterpart.
  @Nullable Counterpart part(String name) {
    if (!(now instanceof JsonObject object) || !(before instanceof JsonObject old)) {
      return null;
    }
    Json part = object.get(name);
    Json oldPart = old.get(name);
    SchemaNode schema = part == null || oldPart == null ? null : schemaOf(name);
    return schema == null || part == null || oldPart == null
        ? null
        : new Counterpart(this, name, schema, part, oldPart);
  }

  private @Nullable SchemaNode schemaOf(String name) {
    Field declared = node.field(name);
    if (declared != null) {
      return declared.node().typeName().isEmpty() ? declared.node() : null;
    }
    SchemaNode values = node.valuesOfObject();
    return values == SchemaNode.OPEN ? null : values;
  }

  /// The item of a list; null where there is no counterpart.
  @Nullable Counterpart item(int index) {
    SchemaNode schema = node.itemsOfList();
    if (schema == null || !(now instanceof JsonArray list) || index >= list.size()) {
      return null;
    }
    ItemsByKey old = items();
    Json oldItem = old == null ? null : old.find(list.at(index));
    return oldItem == null ? null : new Counterpart(this, index, schema, list.at(index), oldItem);
  }

  private @Nullable ItemsByKey items() {
    if (items == null
        && node.ownership().listType() == ListType.MAP
        && before instanceof JsonArray old) {
      items = new ItemsByKey(old, node.ownership().mapKeys());
    }
    return items;
  }

  /// Whether nothing changed. Each part is compared once, however often it is asked for.
  boolean isUnchanged() {
    Boolean told = unchanged;
    if (told == null) {
      told = isEqual();
      tell(told);
    }
    return told;
  }

  private void tell(boolean equal) {
    unchanged = equal;
    if (parent == null) {
      return;
    }
    if (equal) {
      parent.known = parent.known == null ? new HashMap<>() : parent.known;
      parent.known.put(place, true);
    } else if (parent.unchanged == null) {
      parent.tell(false);
    }
  }

  private boolean isEqual() {
    if (now instanceof JsonArray list && before instanceof JsonArray old) {
      return list.size() == old.size() && areItemsEqual(list);
    }
    if (now instanceof JsonObject object && before instanceof JsonObject old) {
      return object.size() == old.size() && arePartsEqual(object);
    }
    return now.equals(before);
  }

  private boolean areItemsEqual(JsonArray list) {
    if (node.ownership().listType() != ListType.MAP) {
      return list.equals(before);
    }
    for (int i = 0; i < list.size(); i++) {
      if (!isKnown(i) && !isUnchanged(item(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean arePartsEqual(JsonObject object) {
    for (JsonObject.Field field : object) {
      if (!isKnown(field.name()) && !isUnchanged(part(field.name()))) {
        return false;
      }
    }
    return true;
  }

  private boolean isKnown(Object part) {
    return known != null && known.containsKey(part);
  }

  private static boolean isUnchanged(@Nullable Counterpart part) {
    return part != null && part.isUnchanged();
  }
}
