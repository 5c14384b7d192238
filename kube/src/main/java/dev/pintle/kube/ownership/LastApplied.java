package dev.pintle.kube.ownership;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonSyntaxException;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.object.Utf8Order;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The annotation in which kubectl kept what it had applied before servers did: what stands in it, and stands so in the
/// object, kubectl takes over without a conflict; and it is kept true where it is.
final class LastApplied {
  private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
  private static final String MANAGER = "kubectl";
  private static final int ANNOTATION_BYTES_MAX = 256 * 1024;

  private LastApplied() {}

  /// Whether it concerns the writer at all.
  static boolean mayForce(Write write) {
    return write.manager().equals(MANAGER);
  }

  /// What the annotation says and the object still has.
  static FieldSet owned(Write write, JsonObject live) {
    String text = annotation(live);
    JsonObject applied = text == null ? null : parse(text);
    if (applied == null || !write.apiVersion().equals(applied.text("apiVersion"))) {
      return FieldSet.EMPTY;
    }
    MergeGranularity grain = write.grain();
    boolean fits =
        TypedValidation.complaint(grain, applied) == null
            && TypedValidation.complaint(grain, live) == null;
    if (!fits) {
      return FieldSet.EMPTY;
    }
    Comparison comparison = Comparison.of(grain, applied, live);
    return ObjectFieldSet.in(grain, applied)
        .difference(comparison.written())
        .difference(comparison.removed());
  }

  private static @Nullable JsonObject parse(String text) {
    try {
      return JsonReader.read(text.getBytes(StandardCharsets.UTF_8)) instanceof JsonObject object
          ? object
          : null;
    } catch (JsonSyntaxException broken) {
      return null;
    }
  }

  private static @Nullable String annotation(JsonObject object) {
    JsonObject metadata = object.object("metadata");
    JsonObject annotations = metadata == null ? null : metadata.object("annotations");
    return annotations == null ? null : annotations.text(ANNOTATION);
  }

  /// Lets the annotation, where there is one, say what was applied.
  static void renew(Write write, JsonObject object, JsonObject config) {
    String text = annotation(object);
    if (!write.manager().equals(MANAGER) || text == null || text.isEmpty()) {
      return;
    }
    JsonObject said = config.copy();
    JsonObject metadata = said.object("metadata");
    JsonObject annotations = metadata == null ? null : metadata.object("annotations");
    if (annotations != null) {
      annotations.remove(ANNOTATION);
    }
    JsonObject all = object.objectAt("metadata").objectAt("annotations");
    all.set(ANNOTATION, JsonWriter.text(inOrder(said)) + "\n");
    if (bytes(all) > ANNOTATION_BYTES_MAX) {
      all.remove(ANNOTATION);
    }
  }

  private static long bytes(JsonObject annotations) {
    long bytes = 0;
    for (JsonObject.Field field : annotations) {
      String value = field.value() instanceof Json.Text(var text) ? text : "";
      bytes += field.name().getBytes(StandardCharsets.UTF_8).length;
      bytes += value.getBytes(StandardCharsets.UTF_8).length;
    }
    return bytes;
  }

  private static Json inOrder(Json value) {
    return switch (value) {
      case JsonObject map -> {
        List<JsonObject.Field> fields = new ArrayList<>(map.size());
        map.forEach(fields::add);
        fields.sort((one, other) -> Utf8Order.compare(one.name(), other.name()));
        JsonObject ordered = new JsonObject();
        fields.forEach(field -> ordered.set(field.name(), inOrder(field.value())));
        yield ordered;
      }
      case JsonArray list -> {
        JsonArray ordered = new JsonArray();
        list.forEach(item -> ordered.add(inOrder(item)));
        yield ordered;
      }
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> value;
    };
  }
}
