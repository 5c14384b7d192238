package dev.pintle.kube.definition;

import dev.pintle.kube.instance.FieldReference;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.validation.FieldError;
import dev.pintle.kube.validation.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The fields that field selectors may use.
final class SelectableFieldsCheck {
  private static final int FIELDS_MAX = 8;
  private static final List<String> TYPES = List.of("string", "boolean", "integer");

  private final JsonSchemaProps schema;
  private final FieldPath path;
  private final DefinitionErrors found;

  SelectableFieldsCheck(JsonSchemaProps schema, FieldPath path, DefinitionErrors found) {
    this.schema = schema;
    this.path = path;
    this.found = found;
  }

  /// @param unchanged what was too many before may stay so
  void check(Json fields, boolean unchanged) {
    Set<String> seen = new HashSet<>();
    if (fields instanceof JsonArray list) {
      for (int i = 0; i < list.size(); i++) {
        if (list.at(i) instanceof JsonObject field) {
          field(new JsonSchemaProps(field).text("jsonPath"), path.index(i).child("jsonPath"), seen);
        }
      }
    }
    if (seen.size() > FIELDS_MAX && !unchanged) {
      found.add(FieldError.tooMany(path, seen.size(), FIELDS_MAX));
    }
  }

  private void field(String text, FieldPath place, Set<String> seen) {
    if (text.isEmpty()) {
      found.required(place, "");
      return;
    }
    FieldReference<JsonSchemaProps> reference =
        FieldReference.find(text, schema, WrittenSteps.WRITTEN, false);
    if (!reference.problem().isEmpty()) {
      found.invalid(place, text, "is an invalid path: " + reference.problem());
      return;
    }
    if ("metadata".equals(reference.names().isEmpty() ? "" : reference.names().getFirst())) {
      found.invalid(place, text, "must not point to fields in metadata");
    }
    JsonSchemaProps target = reference.schema();
    if (target == null || !TYPES.contains(target.type())) {
      found.invalid(
          place,
          text,
          "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are"
              + " allowed.");
    }
    if (!seen.add(String.join(".", reference.names()))) {
      found.add(FieldError.duplicate(place, Json.of(text)));
    }
  }
}
