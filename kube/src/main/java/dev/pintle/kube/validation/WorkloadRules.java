package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules of selectors and templates of what runs pods.
final class WorkloadRules {
  static final String TEMPLATE = "api.core.v1.PodTemplateSpec";
  private static final String MISMATCH = "`selector` does not match template `labels`";

  private WorkloadRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "selectorOfReplicas", WorkloadRules::selectorOfReplicas,
        "selectorOfDaemons", WorkloadRules::selectorOfDaemons,
        "selectorOfSet", WorkloadRules::selectorOfSet,
        "selectorOfController", WorkloadRules::selectorOfController,
        "templateMetadata", WorkloadRules::templateMetadata,
        "noEphemeralContainers", WorkloadRules::noEphemeralContainers);
  }

  private static void selectorOfReplicas(ValidatedObject spec) {
    JsonObject selector = spec.structure().object("selector");
    checkSelector(spec, selector, true, "deployment");
    if (!SelectorMatch.isValid(selector)) {
      invalidSelector(spec, "invalid label selector");
      return;
    }
    if (!SelectorMatch.isEmpty(selector)) {
      requireMatch(spec, selector);
    }
    spec.check("template", TEMPLATE);
    alwaysRunning(spec, "ReplicaSet");
  }

  private static void selectorOfDaemons(ValidatedObject spec) {
    JsonObject selector = spec.structure().object("selector");
    if (selector != null) {
      Labels.checkSelector(spec.childOrEmpty("selector"));
    }
    if (SelectorMatch.isValid(selector)) {
      requireMatch(spec, selector);
    }
    if (SelectorMatch.isEmpty(selector)) {
      invalidSelector(spec, "empty selector is invalid for daemonset");
    }
    spec.check("template", TEMPLATE);
    alwaysRunning(spec, "DaemonSet");
  }

  private static void selectorOfSet(ValidatedObject spec) {
    JsonObject selector = spec.structure().object("selector");
    checkSelector(spec, selector, true, "statefulset");
    if (!SelectorMatch.isValid(selector)) {
      invalidSelector(spec, "");
    } else {
      if (!SelectorMatch.isEmpty(selector)) {
        requireMatch(spec, selector);
      }
      spec.context().rules().check(TEMPLATE, templateOfSet(spec));
    }
    alwaysRunning(spec, "StatefulSet");
  }

  /// The controller names the host of each pod, and its claims become volumes.
  private static ValidatedObject templateOfSet(ValidatedObject spec) {
    ValidatedObject template = spec.childOrEmpty("template");
    JsonArray claims = spec.structure().array("volumeClaimTemplates");
    JsonObject podSpec = template.structure().object("spec");
    if (podSpec == null
        || (claims == null && !podSpec.has("hostname") && !podSpec.has("subdomain"))) {
      return template;
    }
    JsonObject changed = template.structure().copy();
    JsonObject changedSpec = changed.objectAt("spec");
    changedSpec.remove("hostname");
    changedSpec.remove("subdomain");
    if (claims != null) {
      changedSpec.set("volumes", volumesWith(claims, changedSpec.array("volumes")));
    }
    return new ValidatedObject(spec.context(), template.path(), changed, null);
  }

  private static JsonArray volumesWith(JsonArray claims, @Nullable JsonArray volumes) {
    JsonArray all = new JsonArray();
    JsonObject names = new JsonObject();
    for (Json claim : claims) {
      JsonObject metadata = claim instanceof JsonObject object ? object.object("metadata") : null;
      String name = metadata == null ? "" : metadata.textOrEmpty("name");
      if (!names.has(name)) {
        names.set(name, Json.NULL);
        JsonObject source = new JsonObject().set("claimName", name);
        all.add(new JsonObject().set("name", name).set("persistentVolumeClaim", source));
      }
    }
    for (Json volume : volumes == null ? new JsonArray() : volumes) {
      String name = volume instanceof JsonObject object ? object.textOrEmpty("name") : "";
      if (!names.has(name)) {
        all.add(volume);
      }
    }
    return all;
  }

  private static void checkSelector(
      ValidatedObject spec, @Nullable JsonObject selector, boolean required, String kind) {
    if (selector == null) {
      if (required) {
        spec.required("selector", "");
      }
      return;
    }
    Labels.checkSelector(spec.childOrEmpty("selector"));
    if (SelectorMatch.isEmpty(selector)) {
      invalidSelector(spec, "empty selector is invalid for " + kind);
    }
  }

  static void invalidSelector(ValidatedObject spec, String detail) {
    JsonObject selector = spec.structure().object("selector");
    spec.add(FieldError.invalid(spec.path("selector"), GoForm.selector(selector), detail));
  }

  static void requireMatch(ValidatedObject spec, @Nullable JsonObject selector) {
    ValidatedObject metadata = spec.childOrEmpty("template").childOrEmpty("metadata");
    if (!SelectorMatch.matches(selector, metadata.map("labels"))) {
      Json labels = metadata.structure().given("labels");
      Json shown = GoForm.map(labels instanceof JsonObject map ? map : null);
      metadata.add(FieldError.invalid(metadata.path("labels"), shown, MISMATCH));
    }
  }

  private static void alwaysRunning(ValidatedObject spec, String kind) {
    ValidatedObject podSpec = spec.childOrEmpty("template").childOrEmpty("spec");
    if (!podSpec.text("restartPolicy").equals("Always")) {
      podSpec.notSupported("restartPolicy", "Always");
    }
    if (podSpec.has("activeDeadlineSeconds")) {
      podSpec.forbidden(
          "activeDeadlineSeconds", "activeDeadlineSeconds in %s is not Supported".formatted(kind));
    }
  }

  private static void selectorOfController(ValidatedObject spec) {
    JsonObject selector = spec.map("selector");
    if (selector.isEmpty()) {
      spec.required("selector", "");
    }
    if (!spec.has("template")) {
      spec.required("template", "");
      return;
    }
    if (!selector.isEmpty()) {
      requireMatch(spec, new JsonObject().set("matchLabels", selector));
    }
    spec.check("template", TEMPLATE);
    alwaysRunning(spec, "ReplicationController");
  }

  /// Errors leave "metadata" out of the path.
  private static void templateMetadata(ValidatedObject template) {
    ValidatedObject metadata = template.childOrEmpty("metadata");
    Labels.check(metadata.map("labels"), template.path("labels"), template);
    MetadataOnCreate.checkAnnotations(
        metadata.map("annotations"), template.path("annotations"), template);
    PodAnnotations.check(metadata, template.childOrEmpty("spec"), template.path("annotations"));
  }

  private static void noEphemeralContainers(ValidatedObject template) {
    ValidatedObject spec = template.childOrEmpty("spec");
    if (spec.count("ephemeralContainers") > 0) {
      spec.forbidden("ephemeralContainers", "ephemeral containers not allowed in pod template");
    }
  }
}
