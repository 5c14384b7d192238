package dev.pintle.kube.status;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;

/// The `Status` object of the API.
///
/// @param reason upstream's word for machines, such as `NotFound`; empty for success
/// @param details [Details#NONE] when there are none
/// @param next the continue token that a list may go on with in spite of the refusal, empty for none
public record Status(int code, String reason, String message, Details details, String next) {
  /// Told as plain text: no part of the API knows the path.
  public static final Status NO_PAGE =
      new Status(404, "NotFound", "404 page not found", Details.NONE);

  /// Told as plain text: the server that is to answer is not there.
  public static final Status NO_SERVER =
      new Status(503, "ServiceUnavailable", "service unavailable", Details.NONE);

  public Status(int code, String reason, String message, Details details) {
    this(code, reason, message, details, "");
  }

  /// Everything went well, with nothing else to say than what was touched.
  public static Status success(Details details) {
    return new Status(200, "", "", details);
  }

  /// Something was made that is not an object to show.
  public static Status created() {
    return new Status(201, "", "", Details.NONE);
  }

  public boolean isSuccess() {
    return code < 400;
  }

  public JsonObject toJson() {
    JsonObject json =
        new JsonObject().set("kind", "Status").set("apiVersion", "v1").set("metadata", metadata());
    json.set("status", isSuccess() ? "Success" : "Failure");
    if (!message.isEmpty()) {
      json.set("message", message);
    }
    if (!reason.isEmpty()) {
      json.set("reason", reason);
    }
    if (!details.equals(Details.NONE)) {
      json.set("details", details.toJson());
    }
    if (code != 200) {
      json.set("code", Json.of(code));
    }
    return json;
  }

  private JsonObject metadata() {
    JsonObject metadata = new JsonObject();
    return next.isEmpty() ? metadata : metadata.set("continue", next);
  }
}
