package dev.pintle.kube.encode;

import dev.pintle.kube.negotiation.Representation;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.StoredObject;
import dev.pintle.wire.Exchange.BodyWriter;
import io.netty.buffer.Unpooled;
import java.util.List;

/// Answers a list: joined from the stored bytes of its items where JSON is wanted, in pieces that wait for the client.
public final class ListReply {
  private static final int PIECE_BYTES = 64 * 1024;
  private static final int WHOLE_BYTES_MAX = 512 * 1024;
  // What an item has beside its stored bytes: its resourceVersion and a comma.
  private static final int ITEM_EXTRA_BYTES = 48;

  private final Reply reply;
  private final ResourceType type;
  private final List<StoredObject> items;
  private final ListMeta meta;
  private int next;

  private ListReply(Reply reply, ResourceType type, List<StoredObject> items, ListMeta meta) {
    this.reply = reply;
    this.type = type;
    this.items = items;
    this.meta = meta;
  }

  public static void send(Reply reply, ResourceType type, List<StoredObject> items, ListMeta meta) {
    new ListReply(reply, type, items, meta).send();
  }

  private void send() {
    if (!reply.form().isPlainJson()) {
      reply.bytes(200, reply.forms().bytes(reply.form(), tree()));
      return;
    }
    long size = 0;
    for (StoredObject item : items) {
      size += item.storedBytes().length + ITEM_EXTRA_BYTES;
    }
    boolean compress = size > Reply.GZIP_BYTES_MIN && reply.acceptsGzip();
    if (size <= WHOLE_BYTES_MAX || compress) {
      JsonWriter out = new JsonWriter((int) Math.min(size + 256, Integer.MAX_VALUE - 16));
      begin(out);
      fill(out, Integer.MAX_VALUE);
      reply.bytes(200, out.toBytes());
    } else {
      stream(reply.start(false));
    }
  }

  private void stream(BodyWriter body) {
    JsonWriter out = new JsonWriter(PIECE_BYTES + 4_096);
    begin(out);
    reply.exchange().onAbort(() -> next = Integer.MAX_VALUE);
    body.onWritable(() -> pump(body, new JsonWriter(PIECE_BYTES + 4_096)));
    pump(body, out);
  }

  private void pump(BodyWriter body, JsonWriter first) {
    JsonWriter out = first;
    while (next <= items.size() && body.isWritable()) {
      fill(out, PIECE_BYTES);
      body.write(Unpooled.wrappedBuffer(out.toBytes()));
      out = new JsonWriter(PIECE_BYTES + 4_096);
      if (next > items.size()) {
        body.end();
      }
    }
  }

  private void begin(JsonWriter out) {
    out.raw("{\"kind\":")
        .string(type.listKind())
        .raw(",\"apiVersion\":")
        .string(type.groupVersion().text());
    out.raw(",\"metadata\":").value(meta.toJson()).raw(",\"items\":[");
  }

  /// Writes items until `bytesMax` is reached; after the last one, the end of the list.
  private void fill(JsonWriter out, int bytesMax) {
    boolean custom = type.schema().typeName().isEmpty();
    while (next < items.size() && out.size() < bytesMax) {
      if (next > 0) {
        out.raw(',');
      }
      StoredObject item = items.get(next++);
      if (custom) {
        item.writeTo(out);
      } else {
        item.writeItemTo(out);
      }
    }
    if (next == items.size()) {
      out.raw("]}\n");
      next++;
    }
  }

  private JsonObject tree() {
    Representation form = reply.form();
    JsonArray trees = new JsonArray();
    for (StoredObject item : items) {
      trees.add(item.tree());
    }
    return switch (form.form()) {
      case TABLE -> reply.forms().table(form, type, trees, meta.toJson(), reply.includeObject());
      case METADATA -> metadataList(form, trees);
      case OBJECT -> objectList(trees);
    };
  }

  private JsonObject metadataList(Representation form, JsonArray trees) {
    for (int i = 0; i < trees.size(); i++) {
      if (trees.at(i) instanceof JsonObject tree) {
        trees.set(i, Forms.metadataOnly(form, tree));
      }
    }
    return new JsonObject()
        .set("kind", "PartialObjectMetadataList")
        .set("apiVersion", "meta.k8s.io/" + form.metaVersion())
        .set("metadata", meta.toJson())
        .set("items", trees);
  }

  private JsonObject objectList(JsonArray trees) {
    if (!type.schema().typeName().isEmpty()) {
      for (int i = 0; i < trees.size(); i++) {
        if (trees.at(i) instanceof JsonObject tree) {
          tree.remove("kind");
          tree.remove("apiVersion");
        }
      }
    }
    return new JsonObject()
        .set("kind", type.listKind())
        .set("apiVersion", type.groupVersion().text())
        .set("metadata", meta.toJson())
        .set("items", trees);
  }
}
