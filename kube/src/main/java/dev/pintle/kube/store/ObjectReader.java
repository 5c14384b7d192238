package dev.pintle.kube.store;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.StorageStrategy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The maker of [StoredObject]s from stored values. A value in the stored form of the kind that is asked for is taken
/// as it is; one that the real API server wrote, or that is of another version, is translated and remembered.
public final class ObjectReader {
  private static final int TRANSLATED_KEPT_MAX = 4_096;
  private static final byte[] PROTOBUF = {'k', '8', 's', 0};

  private final Translator translator;
  private final ReentrantLock remembering = new ReentrantLock();
  private final Map<Asked, StoredObject> translated =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, StoredObject> eldest) {
          return size() > TRANSLATED_KEPT_MAX;
        }
      };

  /// The translator of other writers' values.
  public interface Translator {
    /// Reads `k8s\0` protobuf.
    JsonObject protobuf(byte[] value, ResourceType type);

    /// Makes of an object of any version one of `type`, with its fields in order.
    JsonObject convert(JsonObject object, ResourceType type);

    /// The version in which objects of `type` are stored: mostly itself.
    ResourceType storedAs(ResourceType type);
  }

  private record Asked(Bytes key, long version, ResourceType type) {}

  public ObjectReader(Translator translator) {
    this.translator = translator;
  }

  public StoredObject read(ResourceType type, KeyValue kv) {
    StoredForm form = StoredForm.of(type);
    return isShownAsStored(type, form, kv) ? StoredObject.of(form, kv) : translated(type, form, kv);
  }

  /// As [#read], where nothing has to be translated for it; else null.
  @Nullable StoredObject readAsStored(ResourceType type, KeyValue kv) {
    StoredForm form = StoredForm.of(type);
    return isShownAsStored(type, form, kv) ? StoredObject.of(form, kv) : null;
  }

  /// What was just made and may never be stored: not remembered.
  public StoredObject show(ResourceType type, KeyValue kv) {
    StoredForm form = StoredForm.of(type);
    return isShownAsStored(type, form, kv) ? StoredObject.of(form, kv) : translate(type, form, kv);
  }

  private static boolean isShownAsStored(ResourceType type, StoredForm form, KeyValue kv) {
    return !type.storing().shapedOnRead().get() && form.fits(kv.value().array());
  }

  /// The bytes to store for an object of `type`, whose fields are in order.
  ///
  /// @param owners the JSON of its `managedFields`, where the object does not hold them itself; or null
  public Bytes write(ResourceType type, JsonObject object, byte @Nullable [] owners) {
    StorageStrategy.StoredVersion other = type.storing().other();
    if (other != null) {
      return StoredForm.of(other.kind()).write(object, owners);
    }
    ResourceType stored = translator.storedAs(type);
    JsonObject kept = stored == type ? object : translator.convert(object, stored);
    return StoredForm.of(stored).write(kept, owners);
  }

  /// The form of the bytes that are stored for objects of `type`.
  public StoredForm storedForm(ResourceType type) {
    StorageStrategy.StoredVersion other = type.storing().other();
    return other != null ? StoredForm.of(other.kind()) : StoredForm.of(translator.storedAs(type));
  }

  /// An object of `type` with what it takes on in the form in which it is stored; mostly itself.
  public JsonObject settled(ResourceType type, JsonObject object) {
    ResourceType stored = translator.storedAs(type);
    return stored == type
        ? object
        : translator.convert(translator.convert(object.copy(), stored), type);
  }

  private StoredObject translated(ResourceType type, StoredForm form, KeyValue kv) {
    Asked asked = new Asked(kv.key(), kv.modRevision(), type);
    StoredObject known = recall(asked);
    if (known != null) {
      return known;
    }
    StoredObject made = translate(type, form, kv);
    remember(asked, made);
    return made;
  }

  private StoredObject translate(ResourceType type, StoredForm form, KeyValue kv) {
    byte[] value = kv.value().array();
    JsonObject object = startsWithProtobuf(value) ? translator.protobuf(value, type) : json(value);
    JsonObject converted = translator.convert(object, type);
    return StoredObject.shown(form, kv, form.write(converted).array());
  }

  private static JsonObject json(byte[] value) {
    return JsonReader.read(value) instanceof JsonObject object ? object : new JsonObject();
  }

  private static boolean startsWithProtobuf(byte[] value) {
    return value.length >= PROTOBUF.length
        && java.util.Arrays.equals(value, 0, PROTOBUF.length, PROTOBUF, 0, PROTOBUF.length);
  }

  private @Nullable StoredObject recall(Asked asked) {
    remembering.lock();
    try {
      return translated.get(asked);
    } finally {
      remembering.unlock();
    }
  }

  private void remember(Asked asked, StoredObject made) {
    remembering.lock();
    try {
      translated.put(asked, made);
    } finally {
      remembering.unlock();
    }
  }
}
