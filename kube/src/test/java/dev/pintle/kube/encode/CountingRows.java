package dev.pintle.kube.encode;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;

/// The rows of tables, of one column with the name, that count how often they are made.
public final class CountingRows implements Forms.Rows {
  private int columnsMade;
  private int rowsMade;

  public int columnsMade() {
    return columnsMade;
  }

  public int rowsMade() {
    return rowsMade;
  }

  @Override
  public JsonArray columns(ResourceType type) {
    columnsMade++;
    return JsonArray.of(new JsonObject().set("name", "Name"));
  }

  @Override
  public JsonObject row(ResourceType type, JsonObject object) {
    rowsMade++;
    String name = object.objectOrEmpty("metadata").textOrEmpty("name");
    return new JsonObject().set("cells", JsonArray.of(Json.of(name)));
  }
}
