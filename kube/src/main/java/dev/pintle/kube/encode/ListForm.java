package dev.pintle.kube.encode;

import dev.pintle.kube.negotiation.MediaType;
import dev.pintle.kube.negotiation.Representation;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.StoredObject;
import java.util.List;

/// A list in the form that is wanted: in pieces, where one item can be written without the others, or whole.
final class ListForm {
  private final Forms forms;
  private final Representation form;
  private final String includeObject;
  private final ResourceType type;
  private final ListMeta meta;

  ListForm(
      Forms forms, Representation form, String includeObject, ResourceType type, ListMeta meta) {
    this.forms = forms;
    this.form = form;
    this.includeObject = includeObject;
    this.type = type;
    this.meta = meta;
  }

  /// Whether the list can be written with [#begin], [#item] and [#end].
  boolean isInPieces() {
    return form.mediaType() == MediaType.JSON && !form.pretty() && !isOfRowsTogether();
  }

  private boolean isOfRowsTogether() {
    return form.form() == Representation.Form.TABLE && RowsTogether.are(type);
  }

  /// Whether items are written as they are stored, the same to everybody.
  boolean isOfBytes() {
    return form.form() == Representation.Form.OBJECT;
  }

  void begin(JsonWriter out) {
    JsonObject head =
        switch (form.form()) {
          case OBJECT -> ListJson.head(type, meta);
          case METADATA, METADATA_LIST -> head("PartialObjectMetadataList", metaVersion());
          case TABLE -> head("Table", metaVersion()).set("columnDefinitions", forms.columns(type));
        };
    String items = form.form() == Representation.Form.TABLE ? "rows" : "items";
    ListJson.begin(out, head, items);
  }

  void item(JsonWriter out, StoredObject item) {
    switch (form.form()) {
      case OBJECT -> ListJson.item(out, type, item);
      case METADATA, METADATA_LIST -> out.value(Forms.metadataOnly(form, item.tree()));
      case TABLE -> out.value(forms.row(form, type, item.tree(), includeObject));
    }
  }

  static void end(JsonWriter out) {
    ListJson.end(out);
  }

  /// The whole list at once.
  byte[] whole(List<StoredObject> items) {
    return forms.bytes(form, list(items));
  }

  /// As [#whole], in JSON whatever is wanted.
  byte[] wholeInJson(List<StoredObject> items) {
    return JsonWriter.bytes(list(items));
  }

  private JsonObject list(List<StoredObject> items) {
    return switch (form.form()) {
      case OBJECT -> ListJson.head(type, meta).set("items", objects(items));
      case METADATA, METADATA_LIST ->
          head("PartialObjectMetadataList", metaVersion()).set("items", metadata(items));
      case TABLE ->
          head("Table", metaVersion())
              .set("columnDefinitions", forms.columns(type))
              .set("rows", rows(items));
    };
  }

  private JsonArray objects(List<StoredObject> items) {
    JsonArray shown = new JsonArray();
    items.forEach(item -> shown.add(withoutType(item.tree())));
    return shown;
  }

  /// None are null: nobody made a list of them.
  private Json metadata(List<StoredObject> items) {
    JsonArray shown = new JsonArray();
    items.forEach(item -> shown.add(Forms.metadataOnly(form, item.tree())));
    return items.isEmpty() ? Json.NULL : shown;
  }

  private JsonArray rows(List<StoredObject> items) {
    JsonArray shown = new JsonArray();
    String marked = RowsTogether.marked(type, items);
    for (StoredObject item : RowsTogether.inOrder(type, items)) {
      JsonObject row = forms.row(form, type, item.tree(), includeObject);
      if (item.name().equals(marked)) {
        RowsTogether.mark(row);
      }
      shown.add(row);
    }
    return shown;
  }

  private JsonObject head(String kind, String version) {
    return new JsonObject()
        .set("kind", kind)
        .set("apiVersion", version)
        .set("metadata", meta.toJson());
  }

  private String metaVersion() {
    return "meta.k8s.io/" + form.metaVersion();
  }

  private JsonObject withoutType(JsonObject tree) {
    if (!type.isCustom()) {
      tree.remove("kind");
      tree.remove("apiVersion");
    }
    return tree;
  }
}
