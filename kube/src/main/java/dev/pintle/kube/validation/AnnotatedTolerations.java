package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import java.util.Map;

/// The tolerations of a pod that an annotation of old gives.
final class AnnotatedTolerations {
  private static final String ANNOTATION = "scheduler.alpha.kubernetes.io/tolerations";

  /// The fields as the API names them, and the types that Go gives them.
  private static final Map<String, String> TYPES =
      Map.of(
          "key", "string",
          "operator", "core.TolerationOperator",
          "value", "string",
          "effect", "core.TaintEffect",
          "tolerationSeconds", "int64");

  /// What Go says of the first value of another type, empty while there is none.
  private String complaint = "";

  private AnnotatedTolerations() {}

  static void check(JsonObject annotations, ValidatedObject metadata, FieldPath path) {
    String text = annotations.textOrEmpty(ANNOTATION);
    if (text.isEmpty()) {
      return;
    }
    AnnotationJson.Reading reading = AnnotationJson.read(text, "[]core.Toleration");
    AnnotatedTolerations tolerations = new AnnotatedTolerations();
    tolerations.complaint = reading.complaint();
    JsonArray read = new JsonArray();
    if (reading.value() instanceof JsonArray items) {
      for (int i = 0; i < items.size(); i++) {
        read.add(tolerations.read(items.at(i)));
      }
    }
    if (!tolerations.complaint.isEmpty()) {
      metadata.add(FieldError.invalid(path, Json.of(ANNOTATION), tolerations.complaint));
      return;
    }
    ValidationContext context = metadata.context();
    for (int i = 0; i < read.size(); i++) {
      if (read.at(i) instanceof JsonObject item) {
        FieldPath place = path.child(ANNOTATION).index(i);
        context
            .rules()
            .check("api.core.v1.Toleration", new ValidatedObject(context, place, item, null));
      }
    }
  }

  /// A toleration by the names of the API: Go reads them in any case.
  private JsonObject read(Json item) {
    JsonObject read = new JsonObject();
    if (item instanceof JsonObject written) {
      for (JsonObject.Field field : written) {
        for (Map.Entry<String, String> type : TYPES.entrySet()) {
          if (type.getKey().equalsIgnoreCase(field.name())) {
            take(read, type.getKey(), type.getValue(), field.value());
          }
        }
      }
    } else if (!(item instanceof Json.Null)) {
      tell(AnnotationJson.kind(item) + " into Go value of type core.Toleration");
    }
    return read;
  }

  private void take(JsonObject read, String name, String type, Json value) {
    boolean whole = type.equals("int64");
    if (whole ? value instanceof Json.Whole : value instanceof Json.Text) {
      read.set(name, value);
    } else if (!(value instanceof Json.Null)) {
      String kind = AnnotationJson.kind(value);
      String shown = whole && kind.equals("number") ? kind + " " + JsonWriter.text(value) : kind;
      String field = Character.toUpperCase(name.charAt(0)) + name.substring(1);
      tell("%s into Go struct field Toleration.%s of type %s".formatted(shown, field, type));
    }
  }

  private void tell(String what) {
    if (complaint.isEmpty()) {
      complaint = "json: cannot unmarshal " + what;
    }
  }
}
