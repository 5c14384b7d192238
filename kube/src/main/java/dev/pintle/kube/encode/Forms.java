package dev.pintle.kube.encode;

import dev.pintle.kube.negotiation.Protobuf;
import dev.pintle.kube.negotiation.Representation;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.object.YamlWriter;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.StoredObject;
import java.nio.charset.StandardCharsets;

/// Objects in the forms that clients ask for.
public final class Forms {
  private static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";

  private final Protobuf protobuf;
  private final Rows rows;

  /// A maker of the Table form.
  public interface Rows {
    /// The `columnDefinitions` of a resource.
    JsonArray columns(ResourceType type);

    /// An object's row, without the object itself.
    JsonObject row(ResourceType type, JsonObject object);
  }

  public Forms(Protobuf protobuf, Rows rows) {
    this.protobuf = protobuf;
    this.rows = rows;
  }

  /// The bytes of one object.
  ///
  /// @param includeObject what a Table's row carries of the object: `Metadata`, `Object` or `None`
  public byte[] object(
      Representation form, ResourceType type, StoredObject object, String includeObject) {
    if (form.isPlainJson()) {
      JsonWriter out = new JsonWriter(object.storedBytes().length + 48);
      object.writeTo(out);
      return out.raw('\n').toBytes();
    }
    return bytes(form, transformed(form, type, object.tree(), includeObject));
  }

  /// One object's tree in the shape that is wanted.
  public JsonObject transformed(
      Representation form, ResourceType type, JsonObject tree, String includeObject) {
    return switch (form.form()) {
      case OBJECT -> tree;
      case METADATA, METADATA_LIST -> metadataOnly(form, tree);
      case TABLE ->
          tableOfOne(form, type, tree, includeObject).set("columnDefinitions", columns(type));
    };
  }

  /// As [#transformed], for those who know the columns of a table already.
  public JsonObject withoutColumns(
      Representation form, ResourceType type, JsonObject tree, String includeObject) {
    return switch (form.form()) {
      case OBJECT, METADATA, METADATA_LIST -> transformed(form, type, tree, includeObject);
      case TABLE -> tableOfOne(form, type, tree, includeObject);
    };
  }

  private JsonObject tableOfOne(
      Representation form, ResourceType type, JsonObject tree, String includeObject) {
    JsonObject listMeta = new JsonObject();
    String version = tree.objectOrEmpty("metadata").text("resourceVersion");
    if (version != null) {
      listMeta.set("resourceVersion", version);
    }
    return new JsonObject()
        .set("kind", "Table")
        .set("apiVersion", "meta.k8s.io/" + form.metaVersion())
        .set("metadata", listMeta)
        .set("columnDefinitions", Json.NULL)
        .set("rows", JsonArray.of(row(form, type, tree, includeObject)));
  }

  JsonArray columns(ResourceType type) {
    return rows.columns(type);
  }

  /// One row of a table, for an object with kind and apiVersion.
  JsonObject row(Representation form, ResourceType type, JsonObject object, String includeObject) {
    JsonObject row = rows.row(type, object);
    switch (includeObject) {
      case "None" -> row.set("object", Json.NULL);
      case "Object" -> row.set("object", object);
      default -> row.set("object", metadataOnly(form, object));
    }
    return row;
  }

  public static JsonObject metadataOnly(Representation form, JsonObject tree) {
    JsonObject metadata = tree.objectOrEmpty("metadata");
    return new JsonObject()
        .set("kind", "PartialObjectMetadata")
        .set("apiVersion", "meta.k8s.io/" + form.metaVersion())
        .set("metadata", isDaemonSet(tree) ? withoutNumbers(metadata) : metadata);
  }

  private static boolean isDaemonSet(JsonObject tree) {
    return tree.textOrEmpty("kind").equals("DaemonSet")
        && tree.textOrEmpty("apiVersion").equals("apps/v1");
  }

  /// Metadata without what only the whole object has among its annotations: upstream keeps it elsewhere.
  private static JsonObject withoutNumbers(JsonObject metadata) {
    JsonObject annotations = metadata.objectOrEmpty("annotations");
    if (!annotations.has(TEMPLATE_GENERATION)) {
      return metadata;
    }
    JsonObject without = annotations.copy();
    without.remove(TEMPLATE_GENERATION);
    JsonObject shown = metadata.copy();
    if (without.isEmpty()) {
      shown.remove("annotations");
    } else {
      shown.set("annotations", without);
    }
    return shown;
  }

  /// A tree in the encoding that is wanted.
  public byte[] bytes(Representation form, JsonObject tree) {
    return switch (form.mediaType()) {
      case JSON ->
          form.pretty()
              ? Pretty.bytes(tree)
              : new JsonWriter(1_024).value(tree).raw('\n').toBytes();
      case YAML -> YamlWriter.text(tree).getBytes(StandardCharsets.UTF_8);
      case PROTOBUF -> protobuf.write(tree);
    };
  }
}
