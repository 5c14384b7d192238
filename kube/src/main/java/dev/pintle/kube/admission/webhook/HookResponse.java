package dev.pintle.kube.admission.webhook;

import dev.pintle.kernel.Bytes;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.Details;
import dev.pintle.kube.status.Status;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The answer of a webhook, held to the rules for it.
///
/// @param patch empty for none
/// @param patchType as it is written, empty where none is needed
/// @param status what it says of a refusal; empty when it says nothing
record HookResponse(
    boolean allowed,
    Bytes patch,
    String patchType,
    JsonObject status,
    List<String> warnings,
    Map<String, String> annotations) {
  static final String JSON_PATCH = "JSONPatch";
  private static final String RESPONSE = "AdmissionResponse.response.";

  /// An answer that cannot be used.
  static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean unreadable;

    UnusableException(boolean unreadable, String message) {
      super(message, null, false, false);
      this.unreadable = unreadable;
    }

    /// Whether it could not even be read.
    boolean isUnreadable() {
      return unreadable;
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }

  /// @param review that came back
  /// @param version of the review that was sent
  static HookResponse of(JsonObject review, String version, String uid, boolean mutating)
      throws UnusableException {
    JsonObject response = response(review);
    if (response == null) {
      throw unusable("webhook response was absent");
    }
    String type = typed(response, "patchType", "v1.PatchType");
    Bytes patch = patch(response);
    boolean allowed = allowed(response);
    JsonObject status = status(response);
    List<String> warnings = warnings(response);
    Map<String, String> annotations = annotations(response);
    String own = typed(response, "uid", "types.UID");
    if (version.equals("v1")) {
      requireItsOwn(review, own == null ? "" : own, uid);
      requireTogether(patch, type, mutating);
    } else {
      // Nothing of the older reviews is looked at so closely.
      type = JSON_PATCH;
    }
    return new HookResponse(
        allowed,
        mutating ? patch : Bytes.EMPTY,
        type == null ? "" : type,
        status,
        warnings,
        annotations);
  }

  private static void requireItsOwn(JsonObject review, String own, String uid)
      throws UnusableException {
    if (!own.equals(uid)) {
      throw unusable(
          "expected response.uid=%s, got %s".formatted(GoText.quote(uid), GoText.quote(own)));
    }
    if (review.textOrEmpty("kind").isEmpty()) {
      throw unusable(
          "expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got /, Kind=");
    }
  }

  private static void requireTogether(Bytes patch, @Nullable String type, boolean mutating)
      throws UnusableException {
    if (!mutating) {
      if (!patch.isEmpty()) {
        throw unusable("validating webhook may not return response.patch");
      }
      if (type != null) {
        throw unusable("validating webhook may not return response.patchType");
      }
      return;
    }
    if (!patch.isEmpty() && type == null) {
      throw unusable("webhook returned response.patch but not response.patchType");
    }
    if (patch.isEmpty() && type != null) {
      throw unusable("webhook returned response.patchType but not response.patch");
    }
    if (type != null && type.isEmpty()) {
      throw unusable("webhook returned invalid response.patchType of \"\"");
    }
  }

  private static UnusableException unusable(String message) {
    return new UnusableException(false, message);
  }

  private static UnusableException otherType(Json value, String field, String type) {
    return new UnusableException(
        true,
        "json: cannot unmarshal %s into Go struct field %s of type %s"
            .formatted(GoValues.kind(value), field, type));
  }

  /// Null for what is not there, which null stands for, too.
  private static @Nullable Json given(JsonObject object, String field) {
    Json value = object.get(field);
    return value instanceof Json.Null ? null : value;
  }

  private static @Nullable JsonObject response(JsonObject review) throws UnusableException {
    Json response = given(review, "response");
    if (response == null || response instanceof JsonObject) {
      return (JsonObject) response;
    }
    throw otherType(response, "AdmissionReview.response", "v1.AdmissionResponse");
  }

  private static @Nullable String typed(JsonObject response, String field, String type)
      throws UnusableException {
    Json value = given(response, field);
    if (value == null) {
      return null;
    }
    if (value instanceof Json.Text(String text)) {
      return text;
    }
    throw otherType(value, RESPONSE + field, type);
  }

  private static boolean allowed(JsonObject response) throws UnusableException {
    Json value = given(response, "allowed");
    if (value == null || value instanceof Json.Bool) {
      return value instanceof Json.Bool(boolean said) && said;
    }
    throw otherType(value, RESPONSE + "allowed", "bool");
  }

  private static Bytes patch(JsonObject response) throws UnusableException {
    String digits = typed(response, "patch", "[]uint8");
    if (digits == null) {
      return Bytes.EMPTY;
    }
    try {
      return Bytes.wrap(Base64.getDecoder().decode(digits.replace("\n", "").replace("\r", "")));
    } catch (IllegalArgumentException _) {
      throw new UnusableException(true, "illegal base64 data at input byte " + firstBad(digits));
    }
  }

  private static int firstBad(String digits) {
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      boolean digit =
          (c >= 'A' && c <= 'Z')
              || (c >= 'a' && c <= 'z')
              || (c >= '0' && c <= '9')
              || c == '+'
              || c == '/';
      if (!digit) {
        return i;
      }
    }
    return digits.length() / 4 * 4;
  }

  private static JsonObject status(JsonObject response) throws UnusableException {
    Json value = given(response, "status");
    if (value == null) {
      return new JsonObject();
    }
    if (value instanceof JsonObject status) {
      return status;
    }
    throw otherType(value, RESPONSE + "status", "v1.Status");
  }

  private static List<String> warnings(JsonObject response) throws UnusableException {
    List<String> warnings = new ArrayList<>(0);
    Json value = given(response, "warnings");
    if (value instanceof JsonArray array) {
      for (Json each : array) {
        if (!(each instanceof Json.Text(String text))) {
          throw otherType(each, RESPONSE + "warnings", "string");
        }
        warnings.add(text);
      }
    } else if (value != null) {
      throw otherType(value, RESPONSE + "warnings", "[]string");
    }
    return warnings;
  }

  private static Map<String, String> annotations(JsonObject response) throws UnusableException {
    String field = RESPONSE + "auditAnnotations";
    Map<String, String> annotations = new LinkedHashMap<>(0);
    Json value = given(response, "auditAnnotations");
    if (value instanceof JsonObject object) {
      for (JsonObject.Field each : object) {
        if (!(each.value() instanceof Json.Text(String text))) {
          throw otherType(each.value(), field, "string");
        }
        annotations.put(each.name(), text);
      }
    } else if (value != null) {
      throw otherType(value, field, "map[string]string");
    }
    return annotations;
  }

  /// What the request is refused with.
  Status refusal(String webhook) {
    String denied = "admission webhook %s denied the request".formatted(GoText.quote(webhook));
    String message = status.textOrEmpty("message");
    String reason = status.textOrEmpty("reason");
    String told =
        !message.isEmpty()
            ? denied + ": " + message
            : !reason.isEmpty() ? denied + ": " + reason : denied + " without explanation";
    return new Status(code(), reason, told, details());
  }

  private int code() {
    long stated = status.wholeOrZero("code");
    return stated < 400 ? 400 : (int) Math.min(stated, 999);
  }

  private Details details() {
    JsonObject stated = status.object("details");
    if (stated == null) {
      return Details.NONE;
    }
    List<Cause> causes = new ArrayList<>();
    for (JsonObject cause : stated.objects("causes")) {
      causes.add(
          new Cause(
              cause.textOrEmpty("reason"),
              cause.textOrEmpty("message"),
              cause.textOrEmpty("field")));
    }
    return new Details(
        stated.textOrEmpty("name"),
        stated.textOrEmpty("group"),
        stated.textOrEmpty("kind"),
        stated.textOrEmpty("uid"),
        causes,
        Math.clamp(stated.wholeOrZero("retryAfterSeconds"), 0, Integer.MAX_VALUE));
  }
}
