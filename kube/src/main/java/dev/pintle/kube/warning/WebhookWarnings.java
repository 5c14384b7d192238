package dev.pintle.kube.warning;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.validation.FieldPath;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// The warnings of what configures admission.
final class WebhookWarnings {
  private static final String STATIC_SUFFIX = ".static.k8s.io";

  /// What no webhook is asked about.
  private static final Set<String> EXCLUDED =
      Set.of(
          "selfsubjectreviews.authentication.k8s.io",
          "tokenreviews.authentication.k8s.io",
          "localsubjectaccessreviews.authorization.k8s.io",
          "selfsubjectaccessreviews.authorization.k8s.io",
          "selfsubjectrulesreviews.authorization.k8s.io",
          "subjectaccessreviews.authorization.k8s.io");

  private WebhookWarnings() {}

  static void rules(JsonObject configuration, Consumer<String> warnings) {
    List<JsonObject> webhooks = configuration.objects("webhooks");
    for (int i = 0; i < webhooks.size(); i++) {
      List<JsonObject> rules = webhooks.get(i).objects("rules");
      for (int j = 0; j < rules.size(); j++) {
        FieldPath path = FieldPath.of("webhooks").index(i).child("rules").index(j);
        for (String resource : excluded(rules.get(j))) {
          warnings.accept(
              ObjectWarnings.shown(
                  path,
                  resource
                      + " is excluded from admission webhooks; this rule will have no effect"));
        }
      }
    }
  }

  /// What a rule asks for by name; one that asks for everything does not mean it.
  private static Set<String> excluded(JsonObject rule) {
    JsonArray groups = rule.arrayOrEmpty("apiGroups");
    JsonArray resources = rule.arrayOrEmpty("resources");
    Set<String> found = new LinkedHashSet<>();
    for (Json group : groups) {
      for (Json resource : resources) {
        if (group instanceof Json.Text(var g) && resource instanceof Json.Text(var r)) {
          if (g.equals("*") || r.equals("*")) {
            return Set.of();
          }
          found.add(r + "." + g);
        }
      }
    }
    found.retainAll(EXCLUDED);
    return found;
  }

  static void name(JsonObject configuration, Consumer<String> warnings) {
    if (configuration.objectOrEmpty("metadata").textOrEmpty("name").endsWith(STATIC_SUFFIX)) {
      warnings.accept(
          "metadata.name: names ending with \"%s\" are reserved for static manifest-based configurations and cannot be managed via the API"
              .formatted(STATIC_SUFFIX));
    }
  }
}
