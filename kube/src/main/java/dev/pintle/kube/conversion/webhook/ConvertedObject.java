package dev.pintle.kube.conversion.webhook;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.store.ConversionFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// An object that a webhook says another one became. Its kind, names and uid have to be those of the original; of all other
/// metadata the original's are kept, but for labels and annotations.
final class ConvertedObject {
  private static final int SHOWN_MAX = 4_096;
  private static final int ANNOTATIONS_BYTES_MAX = 256 * 1_024;
  private static final String METADATA = "metadata";
  private static final List<String> CHANGEABLE = List.of("labels", "annotations");

  private final String failed;
  private final JsonObject original;
  private final JsonObject object;

  private ConvertedObject(String failed, JsonObject original, JsonObject object) {
    this.failed = failed;
    this.original = original;
    this.object = object;
  }

  /// @param webhook as messages call it: `conversion webhook for g/v1, Kind=K`
  /// @param desired the version that was asked for
  /// @throws ConversionFailure where it cannot be what the original became
  static JsonObject of(String webhook, JsonObject original, Json answered, String desired) {
    if (answered instanceof Json.Null) {
      throw ConversionFailure.of("unexpected end of JSON input");
    }
    if (!(answered instanceof JsonObject object)) {
      throw ConversionFailure.of(
          "json: cannot unmarshal %s into Go value of type map[string]interface {}"
              .formatted(GoValues.kind(answered)));
    }
    if (object.textOrEmpty("kind").isEmpty()) {
      throw ConversionFailure.of("Object 'Kind' is missing in '%s'".formatted(shown(object)));
    }
    return new ConvertedObject(webhook, original, object).restored(desired);
  }

  private static String shown(JsonObject object) {
    String text = JsonWriter.text(object);
    return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "...";
  }

  private JsonObject restored(String desired) {
    String version = object.textOrEmpty("apiVersion");
    if (!version.equals(desired)) {
      throw failure(
          "invalid object at index 0: invalid groupVersion (expected %s, received %s)"
              .formatted(desired, version));
    }
    requireSame(
        "invalid object at index 0: invalid kind (expected %s, received %s)",
        original.textOrEmpty("kind"), object.textOrEmpty("kind"));
    JsonObject before = original.objectOrEmpty(METADATA);
    JsonObject given = object.objectOrEmpty(METADATA);
    requireSame("name", before, given);
    requireSame("namespace", before, given);
    requireSame("uid", before, given);
    requireMetadata(object.get(METADATA));
    JsonObject kept = before.copy();
    for (String name : CHANGEABLE) {
      take(name, given.get(name), kept);
    }
    return object.set(METADATA, kept);
  }

  private void requireSame(String field, JsonObject before, JsonObject given) {
    String word = field.equals("uid") ? "UID" : field;
    requireSame(
        "invalid object: must have the same " + word + ": %s != %s",
        before.textOrEmpty(field),
        given.textOrEmpty(field));
  }

  private void requireSame(String message, String before, String given) {
    if (!before.equals(given)) {
      throw failure(message.formatted(before, given));
    }
  }

  private void requireMetadata(@Nullable Json given) {
    if (given == null) {
      throw metadata("missing metadata in converted object");
    }
    if (!(given instanceof JsonObject)) {
      throw metadata(
          "invalid metadata of type %s in converted object".formatted(GoValues.type(given)));
    }
  }

  private void take(String name, @Nullable Json given, JsonObject kept) {
    if (given == null || given instanceof Json.Null) {
      kept.remove(name);
      return;
    }
    if (!(given instanceof JsonObject texts)) {
      throw metadata(
          "invalid metadata.%s of type %s in converted object"
              .formatted(name, GoValues.type(given)));
    }
    for (JsonObject.Field field : texts) {
      if (!(field.value() instanceof Json.Text)) {
        throw metadata(
            "metadata.%s[%s] must be a string, but is %s in converted object"
                .formatted(name, field.name(), GoValues.type(field.value())));
      }
    }
    if (!texts.equals(kept.objectOrEmpty(name))) {
      requireValid(name, texts);
    }
    kept.set(name, texts);
  }

  private void requireValid(String name, JsonObject texts) {
    Set<String> wrong = new TreeSet<>();
    if (name.equals("labels")) {
      for (JsonObject.Field label : texts) {
        String value = label.value() instanceof Json.Text(var text) ? text : "";
        add(wrong, "metadata.labels", label.name(), Formats.qualifiedName(label.name()));
        add(wrong, "metadata.labels", value, Formats.labelValue(value));
      }
    } else {
      int size = 0;
      for (JsonObject.Field annotation : texts) {
        String key = annotation.name();
        add(wrong, "metadata.annotation", key, Formats.qualifiedName(key.toLowerCase(Locale.ROOT)));
        size += Formats.bytes(key);
        size += annotation.value() instanceof Json.Text(var text) ? Formats.bytes(text) : 0;
      }
      if (size > ANNOTATIONS_BYTES_MAX) {
        wrong.add(
            "metadata.annotation: Too long: may not be more than %d bytes"
                .formatted(ANNOTATIONS_BYTES_MAX));
      }
    }
    if (!wrong.isEmpty()) {
      List<String> told = new ArrayList<>(wrong);
      throw metadata(
          told.size() == 1 ? told.getFirst() : "[%s]".formatted(String.join(", ", told)));
    }
  }

  private static void add(Set<String> wrong, String path, String value, List<String> complaints) {
    complaints.forEach(complaint ->
        wrong.add("%s: Invalid value: %s: %s".formatted(path, GoText.quote(value), complaint)));
  }

  private ConversionFailure metadata(String message) {
    return failure("invalid metadata: " + message);
  }

  private ConversionFailure failure(String message) {
    return ConversionFailure.of(failed + " returned " + message);
  }
}
