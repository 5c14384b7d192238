package dev.pintle.kube.table;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.Column;
import dev.pintle.kube.schema.ResourceType;
import java.time.Instant;

/// The table form of a resource's objects.
public final class Tables {
  /// Characters in the cells of a row after which the rest stays empty: thousands of columns may each show a whole object.
  public static final int ROW_CHARACTERS_MAX = 8 * 1024 * 1024;

  /// The share of the object that each row carries.
  public enum IncludeObject {
    NONE,
    METADATA,
    OBJECT
  }

  /// The columns as clients read them.
  public JsonArray columnDefinitions(ResourceType type) {
    JsonArray definitions = new JsonArray();
    for (Column column : type.columns()) {
      definitions.add(
          new JsonObject()
              .set("name", column.name())
              .set("type", column.type())
              .set("format", column.format())
              .set("description", column.description())
              .set("priority", Json.of(column.priority())));
    }
    return definitions;
  }

  /// One object's row, without the object itself, which the caller puts under `object` as it was asked for.
  public JsonObject row(ResourceType type, JsonObject object, Instant now) {
    JsonArray values = new JsonArray();
    long characters = 0;
    for (Cell cell : RowCells.of(type).cells()) {
      Json value = characters > ROW_CHARACTERS_MAX ? Json.NULL : cell.of(object, now);
      characters += value instanceof Json.Text(var text) ? text.length() : 0;
      values.add(value);
    }
    JsonObject row = new JsonObject().set("cells", values);
    if (type.kind().equals("Pod")) {
      Cells.endOf(NestedFields.text(object, "status", "phase"))
          .ifPresent(phase -> row.set("conditions", completed(phase)));
    }
    return row;
  }

  private static JsonArray completed(String phase) {
    String message =
        phase.equals("Failed") ? "The pod failed." : "The pod has completed successfully.";
    return JsonArray.of(
        new JsonObject()
            .set("type", "Completed")
            .set("status", "True")
            .set("reason", phase)
            .set("message", message));
  }
}
