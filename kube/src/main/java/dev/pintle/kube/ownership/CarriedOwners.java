package dev.pintle.kube.ownership;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.SchemaNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The check of the owners that the metadata of a template carries. Nobody reads them, but what they own must be an object: upstream
/// cannot compare two objects in one of which it is not.
final class CarriedOwners {
  private static final String METADATA = "metadata";
  private static final String METADATA_TYPE = ".meta.v1.ObjectMeta";

  // By the schemas of built-in kinds and of their parts.
  private final Map<SchemaNode, Boolean> holders = new ConcurrentHashMap<>();

  /// Whether all that is owned according to the templates of an object is an object.
  boolean areObjects(SchemaNode kind, JsonObject object) {
    for (Field field : kind.fields()) {
      Json value = field.name().equals(METADATA) ? null : object.get(field.name());
      if (value != null && !areObjects(field.node(), value)) {
        return false;
      }
    }
    return true;
  }

  private boolean areObjects(SchemaNode node, Json value) {
    if (!holds(node)) {
      return true;
    }
    if (value instanceof JsonArray list) {
      boolean fine = true;
      for (Json item : list) {
        fine &= areObjects(node.items(), item);
      }
      return fine;
    }
    if (!(value instanceof JsonObject part)) {
      return true;
    }
    if (isMetadata(node)) {
      return areOwnersFine(part);
    }
    boolean fine = true;
    for (Field field : node.fields()) {
      Json below = part.get(field.name());
      fine &= below == null || areObjects(field.node(), below);
    }
    return fine;
  }

  private static boolean areOwnersFine(JsonObject metadata) {
    if (!(metadata.array("managedFields") instanceof JsonArray entries)) {
      return true;
    }
    boolean fine = true;
    for (JsonObject entry : entries.objects()) {
      Json owned = entry.get("fieldsV1");
      fine &= owned == null || owned instanceof Json.Null || owned instanceof JsonObject;
    }
    return fine;
  }

  private static boolean isMetadata(SchemaNode node) {
    return node.typeName().endsWith(METADATA_TYPE);
  }

  /// Whether there is metadata anywhere in a value of the type.
  private boolean holds(SchemaNode node) {
    Boolean known = holders.get(node);
    if (known == null) {
      known = isMetadataWithin(node, new HashSet<>());
      holders.put(node, known);
    }
    return known;
  }

  /// @param seen the types on the way: one that holds itself holds nothing by that
  private static boolean isMetadataWithin(SchemaNode node, Set<SchemaNode> seen) {
    if (!seen.add(node)) {
      return false;
    }
    boolean found = isMetadata(node) || (node.hasItems() && isMetadataWithin(node.items(), seen));
    for (Field field : node.fields()) {
      found = found || isMetadataWithin(field.node(), seen);
    }
    return found;
  }
}
