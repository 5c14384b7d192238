package dev.pintle.kube.store;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.ConversionWebhook;
import dev.pintle.kube.schema.GroupVersionKind;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.schema.StorageStrategy.StoredVersion;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The maker of [StoredObject]s from stored values. A value in the stored form of the kind that is asked for is taken
/// as it is; one that the real API server wrote, or that is of another version, is translated and remembered.
public final class ObjectReader {
  private static final byte[] PROTOBUF = {'k', '8', 's', 0};

  private final Translator translator;
  private final TranslatedObjects translated = new TranslatedObjects();

  /// The translator of other writers' values.
  public interface Translator {
    /// Reads `k8s\0` protobuf.
    JsonObject protobuf(byte[] value, ResourceType type);

    /// Makes of an object of any version one of `type`, with its fields in order. Waits for the webhook of a type that has one.
    ///
    /// @throws ConversionFailure where the webhook does not convert it
    JsonObject convert(JsonObject object, ResourceType type);

    /// The same of several, which ask a webhook together.
    default List<Converted> convertAll(List<JsonObject> objects, ResourceType type) {
      return objects.stream().map(object -> Converted.of(convert(object, type))).toList();
    }

    /// Makes of an object of `type`, whose fields are in order, one of the version in which its definition stores it.
    ///
    /// @throws ConversionFailure where the webhook does not convert it
    default JsonObject stored(JsonObject object, ResourceType type, StoredVersion version) {
      return object;
    }

    /// The version in which objects of `type` are stored: mostly itself.
    ResourceType storedAs(ResourceType type);
  }

  public ObjectReader(Translator translator) {
    this.translator = translator;
  }

  /// Waits for the webhook of a type that has one.
  ///
  /// @throws StatusError 500 where the webhook does not convert the object
  public StoredObject read(ResourceType type, KeyValue kv) {
    StoredForm form = StoredForm.of(type);
    if (isShownAsStored(type, form, kv)) {
      return StoredObject.of(form, kv);
    }
    try {
      return translated(type, form, kv);
    } catch (ConversionFailure failure) {
      throw StatusErrors.unreadable(kv.key().utf8(), kv.modRevision(), failure.getMessage());
    }
  }

  /// Some objects of a collection, in their order; as [#read], but that a webhook is asked for many of them together.
  ///
  /// @throws StatusError 500 where the webhook does not convert some of them
  public List<StoredObject> readAll(ResourceType type, List<KeyValue> entries) {
    if (type.storing().webhook() == null) {
      return entries.stream().map(kv -> read(type, kv)).toList();
    }
    return new ConvertedCollection(type, translator, translated).read(entries);
  }

  /// As [#read], for who looks at metadata alone: nobody is asked to convert anything, and labels and annotations are those of the
  /// version in which the object is stored.
  public StoredObject readMetadata(ResourceType type, KeyValue kv) {
    ConversionWebhook webhook = type.storing().webhook();
    if (webhook == null) {
      return read(type, kv);
    }
    byte[] value = kv.value().array();
    for (String apiVersion : webhook.schemas().keySet()) {
      StoredForm form = StoredForm.of(GroupVersionKind.of(apiVersion, type.kind()));
      if (form.fits(value)) {
        return StoredObject.of(form, kv);
      }
    }
    // Somebody else wrote it.
    JsonObject object = json(value);
    StoredForm form =
        StoredForm.of(GroupVersionKind.of(object.textOrEmpty("apiVersion"), type.kind()));
    return StoredObject.shown(form, kv, form.write(object).array());
  }

  /// As [#read], where nothing has to be translated for it; else null.
  @Nullable StoredObject readAsStored(ResourceType type, KeyValue kv) {
    StoredForm form = StoredForm.of(type);
    return isShownAsStored(type, form, kv) ? StoredObject.of(form, kv) : null;
  }

  /// What was just made and may never be stored: not remembered.
  public StoredObject show(ResourceType type, KeyValue kv) {
    StoredForm form = StoredForm.of(type);
    if (isShownAsStored(type, form, kv)) {
      return StoredObject.of(form, kv);
    }
    try {
      return translate(type, form, kv);
    } catch (ConversionFailure failure) {
      throw StatusErrors.bare(500, failure.getMessage());
    }
  }

  /// What [#show] made, now that it is stored.
  public StoredObject stored(ResourceType type, StoredObject shown, long revision) {
    StoredObject now = shown.at(revision);
    if (type.storing().webhook() != null && !now.isShownAsStored()) {
      translated.put(new TranslatedObjects.Asked(now.key(), revision, type), now);
    }
    return now;
  }

  static boolean isShownAsStored(ResourceType type, StoredForm form, KeyValue kv) {
    return !type.storing().shapedOnRead().get() && form.fits(kv.value().array());
  }

  /// The bytes to store for an object of `type`, whose fields are in order.
  ///
  /// @param owners the JSON of its `managedFields`, where the object does not hold them itself; or null
  public Bytes write(ResourceType type, JsonObject object, byte @Nullable [] owners) {
    StoredVersion other = type.storing().other();
    if (other != null) {
      return StoredForm.of(other.kind()).write(object, owners);
    }
    ResourceType stored = translator.storedAs(type);
    JsonObject kept = stored == type ? object : translator.convert(object, stored);
    return StoredForm.of(stored).write(kept, owners);
  }

  /// The object, whose fields are in order, as its definition stores it. Waits for the webhook of a type that has one.
  ///
  /// @throws StatusError 500 where the webhook does not convert it
  public JsonObject toStored(ResourceType type, StoredVersion version, JsonObject object) {
    try {
      return translator.stored(object, type, version);
    } catch (ConversionFailure failure) {
      throw StatusErrors.bare(500, failure.getMessage());
    }
  }

  /// The form of the bytes that are stored for objects of `type`.
  public StoredForm storedForm(ResourceType type) {
    StoredVersion other = type.storing().other();
    return other != null ? StoredForm.of(other.kind()) : StoredForm.of(translator.storedAs(type));
  }

  /// An object of `type` with what it takes on in the form in which it is stored; mostly itself.
  public JsonObject settled(ResourceType type, JsonObject object) {
    ResourceType stored = translator.storedAs(type);
    return stored == type
        ? object
        : translator.convert(translator.convert(object.copy(), stored), type);
  }

  /// A copy of an object of `from` as one of `to`, which is stored as the same.
  public JsonObject inForm(JsonObject object, ResourceType from, ResourceType to) {
    ResourceType stored = translator.storedAs(from);
    JsonObject copy = object.copy();
    JsonObject between = stored == from || stored == to ? copy : translator.convert(copy, stored);
    return translator.convert(between, to);
  }

  private StoredObject translated(ResourceType type, StoredForm form, KeyValue kv) {
    TranslatedObjects.Asked asked = new TranslatedObjects.Asked(kv.key(), kv.modRevision(), type);
    StoredObject known = translated.find(asked);
    if (known != null) {
      return known;
    }
    if (type.storing().webhook() != null) {
      return translated.shared(asked, () -> translate(type, form, kv));
    }
    StoredObject made = translate(type, form, kv);
    translated.put(asked, made);
    return made;
  }

  private StoredObject translate(ResourceType type, StoredForm form, KeyValue kv) {
    byte[] value = kv.value().array();
    JsonObject object = startsWithProtobuf(value) ? translator.protobuf(value, type) : json(value);
    // What was only tried, and never stored, says the version that it was sent with.
    JsonObject metadata =
        kv.modRevision() == 0 ? object.objectOrEmpty("metadata") : new JsonObject();
    String sent = metadata.textOrEmpty("resourceVersion");
    Bytes shown = form.write(translator.convert(object, type));
    return StoredObject.shown(
        form, kv, (sent.isEmpty() ? shown : form.withVersion(shown, sent)).array());
  }

  static JsonObject json(byte[] value) {
    return JsonReader.read(value) instanceof JsonObject object ? object : new JsonObject();
  }

  private static boolean startsWithProtobuf(byte[] value) {
    return value.length >= PROTOBUF.length
        && java.util.Arrays.equals(value, 0, PROTOBUF.length, PROTOBUF, 0, PROTOBUF.length);
  }
}
