package dev.pintle.kube.table;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.Column;
import dev.pintle.kube.schema.ResourceType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The table form of a resource's objects.
public final class Tables {
  // A CRD's types come and go with their columns; what is shown of a type is kept as long as the
  // type's columns are.
  private static final int COLUMN_SETS_MAX = 4_096;

  private final Map<List<Column>, List<Cell>> cells = new ConcurrentHashMap<>();

  /// How much of the object each row carries.
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
    for (Cell cell : cells(type)) {
      values.add(cell.of(object, now));
    }
    JsonObject row = new JsonObject().set("cells", values);
    if (type.kind().equals("Pod")) {
      Cells.endOf(Values.text(object, "status", "phase"))
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

  private List<Cell> cells(ResourceType type) {
    List<Column> columns = type.columns();
    List<Cell> known = cells.get(columns);
    if (known != null) {
      return known;
    }
    List<Cell> made =
        columns.stream()
            .map(type.schema().typeName().isEmpty() ? CustomCells::of : Cells::of)
            .toList();
    if (cells.size() < COLUMN_SETS_MAX) {
      cells.put(columns, made);
    }
    return made;
  }
}
