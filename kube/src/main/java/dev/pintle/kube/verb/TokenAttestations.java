package dev.pintle.kube.verb;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.status.Cause;
import java.util.ArrayList;
import java.util.List;

/// The rules of what a token says of its bearer beside who it is: only one that authenticates the server to a webhook says
/// anything, which is what groups of the API it is asked to review.
final class TokenAttestations {
  private static final String FIELD = "spec.attestations";
  private static final String GROUPS = "admissionReviewAPIGroups";
  private static final String INVALID = "FieldValueInvalid";

  private TokenAttestations() {}

  static boolean isOfWebhook(JsonObject spec) {
    JsonObject bound = spec.objectOrEmpty("boundObjectRef");
    return isWebhook(bound.textOrEmpty("apiVersion"), bound.textOrEmpty("kind"));
  }

  static boolean isWebhook(String apiVersion, String kind) {
    boolean configuration =
        kind.equals("ValidatingWebhookConfiguration")
            || kind.equals("MutatingWebhookConfiguration");
    return configuration && apiVersion.equals("admissionregistration.k8s.io/v1");
  }

  /// What is wrong with the attestations of a request, and with whom it is for.
  static List<Cause> check(JsonObject spec) {
    JsonObject attestations = spec.objectOrEmpty("attestations");
    List<Cause> wrong = new ArrayList<>();
    if (!isOfWebhook(spec)) {
      if (!attestations.isEmpty()) {
        String why = "attestations may only be specified with a webhook bound object reference";
        wrong.add(invalid(FIELD, attestations, why));
      }
      return wrong;
    }
    JsonArray audiences = spec.arrayOrEmpty("audiences");
    if (audiences.size() > 1) {
      wrong.add(
          invalid("spec.audiences", audiences, "must be length 1 when bound to a webhook config"));
    }
    if (attestations.size() == 1) {
      attestations.forEach(one -> check(one.name(), one.value(), wrong));
    } else {
      String why = "webhook bound requests require exactly one %s attestation".formatted(GROUPS);
      wrong.add(invalid(FIELD, attestations.isEmpty() ? Json.NULL : attestations, why));
    }
    return wrong;
  }

  private static void check(String name, Json value, List<Cause> wrong) {
    String path = "%s[%s]".formatted(FIELD, name);
    if (!name.equals(GROUPS)) {
      String message =
          "Unsupported value: %s: supported values: \"%s\"".formatted(GoText.quote(name), GROUPS);
      wrong.add(new Cause("FieldValueNotSupported", message, path));
    } else if (value instanceof JsonArray groups
        && groups.size() == 1
        && groups.at(0) instanceof Json.Text(var group)) {
      checkGroup(group, path + "[0]", wrong);
    } else {
      wrong.add(invalid(path, value, "must specify a single value"));
    }
  }

  private static void checkGroup(String group, String path, List<Cause> wrong) {
    Json shown = Json.of(group);
    if (group.isEmpty()) {
      wrong.add(invalid(path, shown, "may not be an empty string"));
    } else if (!group.equals("*")) {
      for (String complaint : Formats.dns1123Subdomain(group)) {
        wrong.add(invalid(path, shown, "must specify a valid API Group: " + complaint));
      }
    }
  }

  private static Cause invalid(String path, Json value, String why) {
    return new Cause(INVALID, "Invalid value: %s: %s".formatted(JsonWriter.text(value), why), path);
  }
}
