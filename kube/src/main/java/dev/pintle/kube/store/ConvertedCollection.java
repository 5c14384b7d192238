package dev.pintle.kube.store;

import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.TranslatedObjects.Asked;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Some objects of a collection whose versions a webhook converts: those that it has to be asked for are asked for together, some
/// hundreds of kilobytes at a time.
final class ConvertedCollection {
  private static final int OBJECTS_MAX = 250;
  private static final long BYTES_MAX = 1L << 20;

  /// Of more nobody is told.
  private static final int FAILURES_MAX = 100;

  private final ResourceType type;
  private final StoredForm form;
  private final ObjectReader.Translator translator;
  private final TranslatedObjects translated;

  ConvertedCollection(
      ResourceType type, ObjectReader.Translator translator, TranslatedObjects translated) {
    this.type = type;
    this.form = StoredForm.of(type);
    this.translator = translator;
    this.translated = translated;
  }

  /// @throws dev.pintle.kube.status.StatusError 500 where some cannot be converted
  List<StoredObject> read(List<KeyValue> entries) {
    StoredObject[] all = new StoredObject[entries.size()];
    List<Integer> batch = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < all.length; i++) {
      KeyValue kv = entries.get(i);
      StoredObject known =
          ObjectReader.isShownAsStored(type, form, kv)
              ? StoredObject.of(form, kv)
              : translated.find(asked(kv));
      if (known != null) {
        all[i] = known;
        continue;
      }
      batch.add(i);
      bytes += kv.value().size();
      if (batch.size() >= OBJECTS_MAX || bytes >= BYTES_MAX) {
        convert(entries, batch, all);
        batch.clear();
        bytes = 0;
      }
    }
    convert(entries, batch, all);
    return Arrays.asList(all);
  }

  private Asked asked(KeyValue kv) {
    return new Asked(kv.key(), kv.modRevision(), type);
  }

  private void convert(List<KeyValue> entries, List<Integer> batch, StoredObject[] all) {
    if (batch.isEmpty()) {
      return;
    }
    List<JsonObject> objects = new ArrayList<>();
    batch.forEach(place -> objects.add(ObjectReader.json(entries.get(place).value().array())));
    List<Converted> converted = translator.convertAll(objects, type);
    List<Cause> failures = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      KeyValue kv = entries.get(batch.get(i));
      ConversionFailure failure = converted.get(i).failure();
      if (failure == null) {
        byte[] shown = form.write(converted.get(i).orThrow()).array();
        StoredObject made = StoredObject.shown(form, kv, shown);
        translated.put(asked(kv), made);
        all[batch.get(i)] = made;
      } else if (failures.size() < FAILURES_MAX) {
        failures.add(
            StatusErrors.unreadableItem(kv.key().utf8(), kv.modRevision(), failure.getMessage()));
      }
    }
    if (!failures.isEmpty()) {
      throw StatusErrors.unreadable(type, failures);
    }
  }
}
