package dev.pintle.kube.encode;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.StoredObject;

/// The JSON of a list of whole objects, in pieces: items of a built-in kind do not say of which kind they are, custom resources do.
public final class ListJson {
  private ListJson() {}

  /// What comes before the items.
  static JsonObject head(ResourceType type, ListMeta meta) {
    return new JsonObject()
        .set("kind", type.listKind())
        .set("apiVersion", type.groupVersion().text())
        .set("metadata", type.isCustom() ? meta.toCustomJson() : meta.toJson());
  }

  /// Writes what comes before the first item.
  public static void begin(JsonWriter out, ResourceType type, ListMeta meta) {
    begin(out, head(type, meta), "items");
  }

  static void begin(JsonWriter out, JsonObject head, String items) {
    byte[] open = new JsonWriter(256).value(head).toBytes();
    out.raw(open, 0, open.length - 1).raw(",\"").raw(items).raw("\":[");
  }

  public static void item(JsonWriter out, ResourceType type, StoredObject item) {
    if (type.isCustom()) {
      item.writeTo(out);
    } else {
      item.writeItemTo(out);
    }
  }

  public static void end(JsonWriter out) {
    out.raw("]}\n");
  }
}
