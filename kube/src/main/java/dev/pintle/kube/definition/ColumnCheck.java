package dev.pintle.kube.definition;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.validation.FieldPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The columns of the Table form.
final class ColumnCheck {
  private static final List<String> TYPES =
      List.of("boolean", "date", "integer", "number", "string");
  private static final List<String> FORMATS =
      List.of("byte", "date", "date-time", "double", "float", "int32", "int64", "password");

  private ColumnCheck() {}

  static void check(@Nullable Json columns, FieldPath path, DefinitionErrors found) {
    if (columns instanceof JsonArray list) {
      for (int i = 0; i < list.size(); i++) {
        if (list.at(i) instanceof JsonObject column) {
          column(new JsonSchemaProps(column), path.index(i), found);
        }
      }
    }
  }

  private static void column(JsonSchemaProps column, FieldPath path, DefinitionErrors found) {
    if (column.text("name").isEmpty()) {
      found.required(path.child("name"), "");
    }
    String types = "must be one of " + String.join(",", TYPES);
    if (column.type().isEmpty()) {
      found.required(path.child("type"), types);
    } else if (!TYPES.contains(column.type())) {
      found.invalid(path.child("type"), column.type(), types);
    }
    String format = column.text("format");
    if (!format.isEmpty() && !FORMATS.contains(format)) {
      found.invalid(path.child("format"), format, "must be one of " + String.join(",", FORMATS));
    }
    String jsonPath = column.text("jsonPath");
    if (jsonPath.isEmpty()) {
      found.required(path.child("JSONPath"), "");
    } else if (!jsonPath.startsWith(".")) {
      found.invalid(path.child("JSONPath"), jsonPath, "must be a simple json path starting with .");
    }
  }
}
