package dev.pintle.kube.conversion.webhook;

import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.List;

/// A question to a webhook, and what its answer is held to. Version `v1` is held to its uid and kind, `v1beta1` never was.
///
/// @param version of the review
record ConversionReview(String version, String uid, String desired, List<JsonObject> objects) {
  private static final String GROUP = "apiextensions.k8s.io/";
  private static final String KIND = "ConversionReview";
  private static final List<String> SPOKEN = List.of("v1", "v1beta1");

  /// The answer that cannot be taken for one; the message is upstream's.
  static final class Malformed extends RuntimeException {
    private final boolean unread;

    Malformed(String message, boolean unread) {
      super(message, null, false, false);
      this.unread = unread;
    }

    /// Whether it is no review at all.
    boolean isUnread() {
      return unread;
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }

  /// The first of the versions that a webhook takes which is spoken here.
  ///
  /// @throws Malformed where there is none
  static String version(List<String> taken) {
    return taken.stream()
        .filter(SPOKEN::contains)
        .findFirst()
        .orElseThrow(() -> new Malformed("no supported conversion review versions", true));
  }

  /// With the empty response that upstream sends along.
  JsonObject toJson() {
    JsonArray sent = new JsonArray();
    objects.forEach(sent::add);
    JsonObject request =
        new JsonObject().set("uid", uid).set("desiredAPIVersion", desired).set("objects", sent);
    JsonObject response =
        new JsonObject()
            .set("uid", "")
            .set("convertedObjects", Json.NULL)
            .set("result", new JsonObject().set("metadata", new JsonObject()));
    return new JsonObject()
        .set("kind", KIND)
        .set("apiVersion", apiVersion())
        .set("request", request)
        .set("response", response);
  }

  private String apiVersion() {
    return GROUP + version;
  }

  /// What an answer says the objects became.
  ///
  /// @param review of this version, or one that names none
  /// @throws Malformed where it is no answer to this question, or a refusal
  JsonArray converted(JsonObject review) {
    boolean held = version.equals("v1");
    if (held && review.textOrEmpty("kind").isEmpty()) {
      throw refused(
          "expected webhook response of %s, Kind=%s, got /, Kind=".formatted(apiVersion(), KIND));
    }
    if (!(review.get("response") instanceof JsonObject response)) {
      throw refused("no response provided");
    }
    String answered = response.textOrEmpty("uid");
    if (held && !answered.equals(uid)) {
      throw refused(
          "expected response.uid=%s, got %s".formatted(GoText.quote(uid), GoText.quote(answered)));
    }
    requireSuccess(response.objectOrEmpty("result"));
    Json answeredObjects = response.get("convertedObjects");
    if (answeredObjects == null || answeredObjects instanceof Json.Null) {
      return new JsonArray();
    }
    if (answeredObjects instanceof JsonArray all) {
      return all;
    }
    throw new Malformed(
        "json: cannot unmarshal %s into Go struct field ConversionResponse.response.convertedObjects of type []runtime.RawExtension"
            .formatted(GoValues.kind(answeredObjects)),
        true);
  }

  private static void requireSuccess(JsonObject result) {
    String status = result.textOrEmpty("status");
    if (!status.equals("Success")) {
      String message = result.textOrEmpty("message");
      throw refused(
          message.isEmpty()
              ? "response.result.status was '%s', not 'Success'".formatted(status)
              : message);
    }
  }

  private static Malformed refused(String message) {
    return new Malformed(message, false);
  }
}
