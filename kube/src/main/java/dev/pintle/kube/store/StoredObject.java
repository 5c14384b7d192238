package dev.pintle.kube.store;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.GroupVersionKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One object as it lies in the store, in the version of a kind that is served. Immutable, except that callers of [#tree]
/// get a tree of their own.
public final class StoredObject {
  private static final byte[] METADATA = ascii("metadata");
  private static final byte[] NAME = ascii("name");
  private static final byte[] NAMESPACE = ascii("namespace");
  private static final byte[] UID = ascii("uid");
  private static final byte[] DELETION = ascii("deletionTimestamp");

  private final StoredForm form;
  private final Bytes key;
  private final byte[] json;
  private final byte[] stored;
  private final long version;
  // Found when first asked for, by more than one thread if need be; whoever sees them sees them
  // whole.
  private @Nullable ObjectFacts facts;
  private @Nullable Scalar scalars;

  /// A scalar that was asked for before.
  private record Scalar(String path, String text, @Nullable Scalar next) {}

  /// @param json in the stored form of its kind
  /// @param stored what the store holds, which may have to be translated to be shown
  /// @param version the revision of the value
  private StoredObject(StoredForm form, Bytes key, byte[] json, byte[] stored, long version) {
    this.form = form;
    this.key = key;
    this.json = json;
    this.stored = stored;
    this.version = version;
  }

  public static StoredObject of(StoredForm form, KeyValue kv) {
    byte[] value = kv.value().array();
    return new StoredObject(form, kv.key(), value, value, kv.modRevision());
  }

  /// One that is shown otherwise than it is stored.
  static StoredObject shown(StoredForm form, KeyValue kv, byte[] json) {
    return new StoredObject(form, kv.key(), json, kv.value().array(), kv.modRevision());
  }

  public Bytes key() {
    return key;
  }

  /// The kind and version as which it is shown.
  public GroupVersionKind kind() {
    return form.kind();
  }

  public long version() {
    return version;
  }

  public byte[] storedBytes() {
    return json;
  }

  /// Whether the store holds these very bytes for it.
  public boolean isStoredAs(Bytes value) {
    return Arrays.equals(value.array(), stored);
  }

  /// Whether it is shown as the very bytes that the store holds.
  @SuppressWarnings("ReferenceEquality")
  boolean isShownAsStored() {
    return json == stored;
  }

  /// The same value as if it had been written at another revision, as the last state of a deleted object is shown.
  public StoredObject at(long otherVersion) {
    return new StoredObject(form, key, json, stored, otherVersion);
  }

  /// Writes the whole object as clients see it.
  public void writeTo(JsonWriter out) {
    write(out, 0);
  }

  /// Writes the object as an item of a list of its kind: without kind and apiVersion.
  public void writeItemTo(JsonWriter out) {
    out.raw('{');
    write(out, form.metadataAt());
  }

  private void write(JsonWriter out, int from) {
    if (version == 0) {
      // Never stored: a dry run made it.
      out.raw(json, from, json.length);
      return;
    }
    int versionAt = form.versionAt(json);
    out.raw(json, from, versionAt).raw("\"resourceVersion\":\"").number(version).raw("\",");
    out.raw(json, versionAt, json.length);
  }

  /// The object as clients see it, with its resourceVersion, as a new tree.
  public JsonObject tree() {
    JsonWriter out = new JsonWriter(json.length + 48);
    writeTo(out);
    byte[] bytes = out.toBytes();
    JsonObject tree =
        JsonReader.read(bytes) instanceof JsonObject object ? object : new JsonObject();
    if (form.isTextKept()) {
      JsonReader.keepText(tree, bytes, "data");
    }
    return tree;
  }

  public ObjectFacts facts() {
    ObjectFacts known = facts;
    if (known == null) {
      known = ObjectFacts.of(json);
      facts = known;
    }
    return known;
  }

  public Map<String, String> labels() {
    return facts().labels();
  }

  public String name() {
    return metadataText(NAME);
  }

  public String namespace() {
    return metadataText(NAMESPACE);
  }

  public String uid() {
    return metadataText(UID);
  }

  public boolean isBeingDeleted() {
    ObjectFacts known = facts;
    String time = known == null ? metadataText(DELETION) : known.deletionTimestamp();
    return !time.isEmpty();
  }

  /// The scalar at a path of names (`status.phase`) as text, or empty text where there is none.
  public String text(String path) {
    for (Scalar known = scalars; known != null; known = known.next()) {
      if (known.path().equals(path)) {
        return known.text();
      }
    }
    String found = find(path);
    scalars = new Scalar(path, found, scalars);
    return found;
  }

  private String find(String path) {
    int at = 0;
    int from = 0;
    while (from <= path.length()) {
      int dot = path.indexOf('.', from);
      int to = dot < 0 ? path.length() : dot;
      at = JsonScan.field(json, at, ascii(path.substring(from, to)));
      if (at < 0) {
        return "";
      }
      from = to + 1;
    }
    return json[at] == '"'
        ? JsonScan.string(json, at)
        : new String(json, at, JsonScan.valueEnd(json, at) - at, StandardCharsets.UTF_8);
  }

  private String metadataText(byte[] name) {
    int at = JsonScan.at(json, METADATA, name);
    return at < 0 || json[at] != '"' ? "" : JsonScan.string(json, at);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
