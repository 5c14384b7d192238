package dev.pintle.kube.definition;

import dev.pintle.kube.crd.SchemaReader;
import dev.pintle.kube.instance.DefaultValueCheck;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.validation.FieldPath;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A default is a value that the schema itself accepts, without anything that it does not know. Defaults of parts of metadata
/// are tried in a whole object.
final class DefaultsCheck {
  private static final Set<String> META_FIELDS = Set.of("metadata", "kind", "apiVersion");

  private final DefinitionErrors found = new DefinitionErrors();
  private final DefaultValueCheck values;
  // Each is read once, however many defaults are in its metadata.
  private final IdentityHashMap<JsonObject, SchemaNode> resources = new IdentityHashMap<>();

  private DefaultsCheck(DefaultValueCheck values) {
    this.values = values;
  }

  static DefinitionErrors check(JsonSchemaProps schema, FieldPath path, DefaultValueCheck values) {
    DefaultsCheck check = new DefaultsCheck(values);
    check.schema(schema, path, new Place(schema, null, true, false));
    return check.found;
  }

  /// A place in a schema.
  ///
  /// @param resource the nearest schema of a whole object, this one or one above
  /// @param nest the way from there, null at its begin
  /// @param whole whether a value is a whole object of the API
  /// @param inMeta whether it is a part of the kind, the version or the metadata of one
  private record Place(
      JsonSchemaProps resource, @Nullable Nest nest, boolean whole, boolean inMeta) {

    Place of(JsonSchemaProps schema) {
      // At the root there is no way yet.
      return schema.isEmbedded() && nest != null ? new Place(schema, null, true, false) : this;
    }

    Place property(String name) {
      boolean meta = inMeta || (whole && META_FIELDS.contains(name));
      return new Place(resource, new Nest(nest, name), false, meta);
    }

    Place item() {
      return new Place(resource, new Nest(nest, null), false, inMeta);
    }
  }

  /// A step down in an object.
  ///
  /// @param name of the field, null for an item of a list
  private record Nest(@Nullable Nest above, @Nullable String name) {
    Json around(Json value) {
      Json whole = value;
      for (Nest step = this; step != null; step = step.above()) {
        String field = step.name();
        whole = field == null ? listOf(whole) : new JsonObject().set(field, whole);
      }
      return whole;
    }

    private static JsonArray listOf(Json item) {
      JsonArray list = new JsonArray();
      list.add(item);
      return list;
    }
  }

  /// Not below `additionalProperties`: no defaults may stand there.
  private void schema(JsonSchemaProps schema, FieldPath path, Place around) {
    if (values.isSpent()) {
      return;
    }
    Place place = around.of(schema);
    Json value = schema.defaultValue();
    if (value != null) {
      value(schema, value, path.child("default"), place);
    }
    JsonSchemaProps items = schema.items();
    if (items != null) {
      schema(items, path.child("items"), place.item());
    }
    schema
        .properties()
        .forEach((name, property) ->
            schema(property, path.child("properties").key(name), place.property(name)));
  }

  private void value(JsonSchemaProps schema, Json value, FieldPath path, Place place) {
    SchemaNode node = SchemaReader.read(schema.json());
    Nest nest = place.nest();
    if (place.inMeta() && nest != null && nest.around(value.copy()) instanceof JsonObject object) {
      if (!object.has("kind")) {
        object.set("kind", "Validation");
      }
      if (!object.has("apiVersion")) {
        object.set("apiVersion", "validation/v1");
      }
      SchemaNode resource = resources.computeIfAbsent(place.resource().json(), SchemaReader::read);
      found.addAll(values.checkInMetadata(node, value, resource, object, path));
    } else {
      found.addAll(values.check(node, place.whole(), value, path));
    }
  }
}
