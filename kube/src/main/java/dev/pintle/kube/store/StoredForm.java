package dev.pintle.kube.store;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.decode.BodyReader;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The form of the objects of one kind in the store: they all start with the same bytes, up to the first field of their
/// metadata.
public final class StoredForm {
  private static final Map<GroupVersionKind, StoredForm> KNOWN = new ConcurrentHashMap<>();
  private static final int BYTES_AT_FIRST = 768;
  private static final byte[] UID = "uid".getBytes(StandardCharsets.US_ASCII);

  private final byte[] prefix;
  // Where `"metadata"` starts: before it lies what items of a list are sent without.
  private final int metadataAt;

  /// Whether the data of its objects are kept as they were written.
  private final boolean textKept;

  private final GroupVersionKind kind;

  private StoredForm(GroupVersionKind kind) {
    this.kind = kind;
    this.textKept = kind.equals(BodyReader.KEEPS_TEXT);
    JsonWriter writer = new JsonWriter(96);
    writer
        .raw("{\"kind\":")
        .string(kind.kind())
        .raw(",\"apiVersion\":")
        .string(kind.groupVersion().text())
        .raw(',');
    this.metadataAt = writer.size();
    this.prefix = writer.raw("\"metadata\":{").toBytes();
  }

  GroupVersionKind kind() {
    return kind;
  }

  boolean isTextKept() {
    return textKept;
  }

  /// The form of the objects of a resource, looked up once for each.
  static StoredForm of(ResourceType type) {
    return type.derived(StoredForm.class, () -> of(type.groupVersionKind()));
  }

  /// Kinds are few, and stay known when their definition goes.
  public static StoredForm of(GroupVersionKind kind) {
    StoredForm form = KNOWN.get(kind);
    return form != null ? form : KNOWN.computeIfAbsent(kind, StoredForm::new);
  }

  /// The value to store for an object that has metadata.
  public Bytes write(JsonObject object) {
    return write(object, null);
  }

  /// @param owners the JSON of `managedFields`, the last field of metadata, which the object itself is without; or null
  public Bytes write(JsonObject object, byte @Nullable [] owners) {
    JsonWriter writer = new JsonWriter(BYTES_AT_FIRST + (owners == null ? 0 : owners.length));
    writer.raw(prefix, 0, prefix.length);
    writeFields(writer, object.objectOrEmpty("metadata"), "resourceVersion");
    if (owners != null) {
      writer.raw(",\"managedFields\":").raw(owners, 0, owners.length);
    }
    writer.raw('}');
    for (int i = 0; i < object.size(); i++) {
      String name = object.nameAt(i);
      if (!name.equals("kind") && !name.equals("apiVersion") && !name.equals("metadata")) {
        writer.raw(',').string(name).raw(':').value(object.valueAt(i));
      }
    }
    return Bytes.wrap(writer.raw('}').toBytes());
  }

  private static void writeFields(JsonWriter writer, JsonObject object, String without) {
    boolean first = true;
    for (int i = 0; i < object.size(); i++) {
      if (object.nameAt(i).equals(without)) {
        continue;
      }
      if (!first) {
        writer.raw(',');
      }
      first = false;
      Json value = object.valueAt(i);
      writer.string(object.nameAt(i)).raw(':').value(value);
    }
  }

  boolean fits(byte[] value) {
    return value.length > prefix.length
        && Arrays.equals(value, 0, prefix.length, prefix, 0, prefix.length);
  }

  int metadataAt() {
    return metadataAt;
  }

  /// The value of an object that is never stored, with the version that it says it has.
  public Bytes withVersion(Bytes value, String version) {
    byte[] json = value.array();
    int at = versionAt(json);
    JsonWriter writer = new JsonWriter(json.length + version.length() + 24);
    writer.raw(json, 0, at).raw("\"resourceVersion\":").string(version).raw(',');
    return Bytes.wrap(writer.raw(json, at, json.length).toBytes());
  }

  /// Where `"resourceVersion":"…",` belongs in a stored value: after the uid, where upstream has it.
  int versionAt(byte[] value) {
    int uid = JsonScan.field(value, prefix.length - 1, UID);
    if (uid < 0) {
      return prefix.length;
    }
    int after = JsonScan.stringEnd(value, uid);
    return value[after] == ',' ? after + 1 : prefix.length;
  }
}
