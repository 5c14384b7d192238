package dev.pintle.kube.verb;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.ownership.ApplyResult;
import dev.pintle.kube.ownership.FieldOwnership;
import dev.pintle.kube.ownership.Write;
import dev.pintle.kube.schema.ResourceType;

/// A status that a controller of the server says of an object, by applying it.
///
/// @param manager that owns what it says
/// @param status the fields that it decides, and no others
public record AppliedStatus(String manager, JsonObject status) {
  private static final String SUBRESOURCE = "status";

  /// The object with this status, told as owned by the manager; the object itself stays as it is.
  public JsonObject over(FieldOwnership ownership, ResourceType type, JsonObject object) {
    Write write =
        new Write(type.groupVersionKind(), type.schema(), type.hasStatus(), SUBRESOURCE, manager);
    JsonObject config =
        new JsonObject()
            .set("apiVersion", type.groupVersion().text())
            .set("kind", type.kind())
            .set("metadata", new JsonObject().set("name", Metadata.name(object)))
            .set(SUBRESOURCE, status.copy());
    ApplyResult applied = ownership.apply(write, object, config, true);
    JsonObject next = applied.object().copy();
    FieldManagers.set(next, applied.entries());
    return next;
  }
}
