package dev.pintle.kube.decode;

import dev.pintle.kube.object.FieldOrder;
import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import dev.pintle.kube.validation.FieldPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The [Canonicalizer] of custom resources: only their metadata is read into a structure. Of the rest, fields that the
/// schema does not know go, and nulls that it neither allows nor fills in; values of the wrong type stay and are for
/// validation to tell of.
final class CustomCanonicalizer {
  private static final Set<String> KIND_FIELDS = Set.of("apiVersion", "kind");
  private static final String METADATA = "metadata";

  /// Knows no fields.
  private static final SchemaNode NOTHING = SchemaNode.of(ValueKind.TEXT);

  private static final int PRUNED_TOLD_MAX = 1_000;
  private static final int PRUNED_CHARACTERS_MAX = 100_000;

  private final SchemaNode objectMeta;
  private final List<String> pruned = new ArrayList<>(0);
  private int prunedCharacters;
  private final List<String> embedded = new ArrayList<>(0);

  private final boolean keepsNulls;

  private CustomCanonicalizer(SchemaNode objectMeta, boolean keepsNulls) {
    this.objectMeta = objectMeta;
    this.keepsNulls = keepsNulls;
  }

  /// The object, changed in place.
  ///
  /// @param unknown takes the paths of what was not known: in metadata, then elsewhere by name
  /// @param keepsNulls whether nulls stay that the schema does not allow
  static JsonObject shape(
      SchemaNode root, JsonObject object, List<? super String> unknown, boolean keepsNulls) {
    Field metadata = root.field(METADATA);
    if (metadata == null) {
      throw new IllegalStateException("metadata of %s (expected: a resource)".formatted(root));
    }
    CustomCanonicalizer shaper = new CustomCanonicalizer(metadata.node(), keepsNulls);
    shaper.kindFields(object, FieldPath.ROOT);
    if (object.get(METADATA) instanceof Json meta) {
      object.set(METADATA, shaper.metadata(meta, FieldPath.of(METADATA), unknown));
    }
    shaper.fields(root, object, FieldPath.ROOT, new Mode(true, root.preservesUnknownFields()));
    shaper.pruned.stream().sorted().forEach(unknown::add);
    shaper.embedded.stream().sorted().forEach(unknown::add);
    return object;
  }

  /// Shapes the metadata alone, which every custom resource has, in place.
  ///
  /// @param unknown takes the paths of what is not known
  /// @throws Undecodable for what is no metadata
  static void readMetadata(SchemaNode root, JsonObject object, List<? super String> unknown) {
    Field metadata = root.field(METADATA);
    if (metadata != null && object.get(METADATA) instanceof Json given) {
      CustomCanonicalizer shaper = new CustomCanonicalizer(metadata.node(), false);
      object.set(METADATA, shaper.metadata(given, FieldPath.of(METADATA), unknown));
    }
  }

  private void kindFields(JsonObject object, FieldPath path) {
    for (String name : KIND_FIELDS) {
      Json value = object.get(name);
      if (value != null && !(value instanceof Json.Text)) {
        throw new Undecodable(
            path.isRoot()
                ? ".%s accessor error: %s is of the type %s, expected string"
                    .formatted(name, JsonWriter.text(value), GoValues.type(value))
                : "%s: Invalid value: %s: must be a string"
                    .formatted(path.child(name), JsonWriter.text(value)));
      }
    }
  }

  private JsonObject metadata(Json value, FieldPath path, List<? super String> unknown) {
    List<String> names = new ArrayList<>(0);
    JsonObject shaped = metadata(objectMeta, value, names);
    names.forEach(name -> unknown.add(path + "." + name));
    return shaped;
  }

  static JsonObject metadata(SchemaNode objectMeta, Json value, List<String> unknown) {
    if (value instanceof Json.Null) {
      return new JsonObject();
    }
    if (!(value instanceof JsonObject metadata)) {
      throw new Undecodable(
          "json: cannot unmarshal %s into Go value of type v1.ObjectMeta"
              .formatted(GoValues.kind(value)));
    }
    try {
      return Canonicalizer.structure(objectMeta, metadata, unknown);
    } catch (Undecodable wrong) {
      // Upstream reads it from a text that it has written, with the fields by name.
      throw Canonicalizer.fault(objectMeta, FieldOrder.byNameThroughout(metadata), wrong);
    }
  }

  /// The treatment of an object's fields.
  ///
  /// @param resource whether it is a whole object of the API, with three fields of its own
  /// @param keeps whether unknown fields stay
  private record Mode(boolean resource, boolean keeps) {}

  /// @param kept whether the value is an item of a list whose unknown parts stay
  private void value(SchemaNode node, Json value, FieldPath path, boolean kept) {
    boolean keeps = kept || node.preservesUnknownFields();
    switch (value) {
      case JsonObject object -> {
        boolean resource = node.rules().extensions().embeddedResource();
        if (resource) {
          kindFields(object, path);
          embeddedMetadata(object, path);
        }
        fields(node, object, path, new Mode(resource, keeps));
      }
      case JsonArray list -> {
        SchemaNode items = node.itemsOfList();
        for (int i = 0; (items != null || !keeps) && i < list.size(); i++) {
          if (items != null) {
            value(items, list.at(i), path.index(i), keeps);
          } else {
            // Of a list of which nothing is said nothing is known.
            value(NOTHING, list.at(i), path.index(i), false);
          }
        }
      }
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> {}
    }
  }

  private void embeddedMetadata(JsonObject object, FieldPath path) {
    Json metadata = object.get(METADATA);
    if (metadata == null) {
      return;
    }
    FieldPath place = path.child(METADATA);
    try {
      object.set(METADATA, metadata(metadata, place, embedded));
    } catch (Undecodable wrong) {
      throw new Undecodable(
          "%s: Invalid value: %s: %s"
              .formatted(place, JsonWriter.text(metadata), wrong.getMessage()));
    }
  }

  private void fields(SchemaNode node, JsonObject object, FieldPath path, Mode mode) {
    Set<String> gone = new HashSet<>();
    SchemaNode values = node.valuesOfObject();
    for (int i = object.size() - 1; i >= 0; i--) {
      String name = object.nameAt(i);
      Json value = object.valueAt(i);
      if (mode.resource() && (name.equals(METADATA) || KIND_FIELDS.contains(name))) {
        continue;
      }
      Field declared = node.field(name);
      if (declared != null) {
        if (!known(declared.node(), declared.defaultValue() != null, value, path.child(name))) {
          gone.add(name);
        }
      } else if (values != null) {
        boolean replaced = values.rules().inPlaceOfNull() != null;
        if (!known(values, replaced, value, path.child(name))) {
          gone.add(name);
        }
      } else if (!mode.keeps()) {
        prune(path.child(name));
        gone.add(name);
      }
    }
    if (!gone.isEmpty()) {
      object.removeIf((name, _) -> gone.contains(name));
    }
  }

  private void prune(FieldPath path) {
    if (pruned.size() < PRUNED_TOLD_MAX && prunedCharacters < PRUNED_CHARACTERS_MAX) {
      String text = path.toString();
      prunedCharacters += text.length();
      pruned.add(text);
    }
  }

  /// Answers whether the value may stay.
  private boolean known(SchemaNode node, boolean hasDefault, Json value, FieldPath path) {
    if (value instanceof Json.Null) {
      return keepsNulls || hasDefault || node.rules().nullable() || node == SchemaNode.OPEN;
    }
    value(node, value, path, false);
    return true;
  }
}
