package dev.pintle.kube.definition;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.validation.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The rules of how objects of one version become those of another.
final class ConversionCheck {
  private static final List<String> STRATEGIES = List.of("None", "Webhook");
  private static final List<String> REVIEWS = List.of("v1", "v1beta1");

  private ConversionCheck() {}

  static void check(DefinitionSpec spec, DefinitionErrors found) {
    JsonSchemaProps conversion = JsonSchemaProps.of(spec.props().json().get("conversion"));
    if (conversion == null) {
      return;
    }
    FieldPath path = DefinitionSpec.PATH.child("conversion");
    String strategy = conversion.text("strategy");
    if (!strategy.equals("None") && spec.props().isTrue("preserveUnknownFields")) {
      found.invalid(
          path.child("strategy"), strategy, "must be None if spec.preserveUnknownFields is true");
    }
    if (strategy.isEmpty()) {
      found.required(path.child("strategy"), "");
    } else if (!STRATEGIES.contains(strategy)) {
      found.notSupported(path.child("strategy"), strategy, STRATEGIES);
    }
    JsonSchemaProps webhook = JsonSchemaProps.of(conversion.json().get("webhook"));
    JsonSchemaProps none = new JsonSchemaProps(new JsonObject());
    JsonSchemaProps client =
        webhook == null ? null : JsonSchemaProps.of(webhook.json().get("clientConfig"));
    Json reviews = (webhook == null ? none : webhook).json().get("conversionReviewVersions");
    if (strategy.equals("Webhook")) {
      if (client == null) {
        found.required(
            path.child("webhookClientConfig"), "required when strategy is set to Webhook");
      } else {
        client(client, path.child("webhookClientConfig"), found);
      }
      reviews(reviews instanceof JsonArray list ? list : new JsonArray(), path, found);
      return;
    }
    String unused = "should not be set when strategy is not set to Webhook";
    if (client != null) {
      found.forbidden(path.child("webhookClientConfig"), unused);
    }
    if (reviews instanceof JsonArray list && !list.isEmpty()) {
      found.forbidden(path.child("conversionReviewVersions"), unused);
    }
  }

  private static void client(JsonSchemaProps client, FieldPath path, DefinitionErrors found) {
    boolean url = client.json().has("url");
    JsonSchemaProps service = JsonSchemaProps.of(client.json().get("service"));
    if (url == (service != null)) {
      found.required(path, "exactly one of url or service is required");
    } else if (service != null) {
      WebhookClientCheck.service(service, path.child("service"), found);
    } else {
      WebhookClientCheck.url(client.text("url"), path.child("url"), found);
    }
  }

  private static void reviews(JsonArray versions, FieldPath parent, DefinitionErrors found) {
    FieldPath path = parent.child("conversionReviewVersions");
    if (versions.isEmpty()) {
      found.required(path, "");
      return;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < versions.size(); i++) {
      String version = versions.at(i) instanceof Json.Text(String text) ? text : "";
      if (!seen.add(version)) {
        found.invalid(path.index(i), version, "duplicate version");
        continue;
      }
      for (String complaint : Formats.dns1035Label(version)) {
        found.invalid(path.index(i), version, complaint);
      }
    }
    if (REVIEWS.stream().noneMatch(seen::contains)) {
      found.invalid(path, versions, "must include at least one of " + String.join(", ", REVIEWS));
    }
  }
}
