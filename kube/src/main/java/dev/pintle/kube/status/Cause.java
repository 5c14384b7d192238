package dev.pintle.kube.status;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;

/// One thing that is wrong with a request.
///
/// @param reason upstream's word, such as `FieldValueRequired`; empty when there is none
/// @param field its path, empty for the whole object
public record Cause(String reason, String message, String field) {
  Json toJson() {
    JsonObject json = new JsonObject();
    if (!reason.isEmpty()) {
      json.set("reason", reason);
    }
    if (!message.isEmpty()) {
      json.set("message", message);
    }
    if (!field.isEmpty()) {
      json.set("field", field);
    }
    return json;
  }
}
