package dev.pintle.kube.defaults;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.MetaTime;
import dev.pintle.kube.rule.RuleTime;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Defaults of controllers, autoscalers, limits, taints of devices and custom resource definitions that one line cannot say.
final class WorkloadDefaults {
  private static final int PERIOD_SECONDS = 15;

  private WorkloadDefaults() {}

  static Map<String, NamedDefault> all() {
    return Map.of(
        "claimTemplates", WorkloadDefaults::claimTemplates,
        "labelsFromTemplate", WorkloadDefaults::labelsFromTemplate,
        "selectorAndLabelsFromTemplate", WorkloadDefaults::selectorAndLabelsFromTemplate,
        "scalingRules", WorkloadDefaults::scalingRules,
        "sinceNow", taint -> setWhenUnset(taint, "timeAdded", MetaTime.text(RuleTime.now())),
        "limitsOfContainers", WorkloadDefaults::limitsOfContainers,
        "nameLabel", WorkloadDefaults::nameLabel,
        "namesAndVersions", WorkloadDefaults::namesAndVersions);
  }

  /// The claims that a set makes are objects of their own, and say so.
  private static void claimTemplates(JsonObject set) {
    for (JsonObject claim : set.objectAt("spec").objects("volumeClaimTemplates")) {
      setWhenUnset(claim, "kind", "PersistentVolumeClaim");
      setWhenUnset(claim, "apiVersion", "v1");
    }
  }

  private static @Nullable JsonObject templateLabels(JsonObject object) {
    JsonObject spec = object.object("spec");
    JsonObject template = spec == null ? null : spec.object("template");
    JsonObject metadata = template == null ? null : template.object("metadata");
    JsonObject labels = metadata == null ? null : metadata.object("labels");
    return labels == null || labels.isEmpty() ? null : labels;
  }

  private static void labelsFromTemplate(JsonObject object) {
    JsonObject labels = templateLabels(object);
    if (labels != null && isEmpty(object.objectAt("metadata").object("labels"))) {
      object.objectAt("metadata").set("labels", labels.copy());
    }
  }

  private static void selectorAndLabelsFromTemplate(JsonObject object) {
    JsonObject labels = templateLabels(object);
    if (labels != null && isEmpty(object.objectAt("spec").object("selector"))) {
      object.objectAt("spec").set("selector", labels.copy());
    }
    labelsFromTemplate(object);
  }

  private static boolean isEmpty(@Nullable JsonObject map) {
    return map == null || map.isEmpty();
  }

  private static void scalingRules(JsonObject behavior) {
    JsonObject up =
        rules()
            .set("stabilizationWindowSeconds", Json.of(0))
            .set("policies", JsonArray.of(policy("Pods", 4), policy("Percent", 100)));
    JsonObject down = rules().set("policies", JsonArray.of(policy("Percent", 100)));
    behavior.set("scaleUp", overlaid(up, behavior.object("scaleUp")));
    behavior.set("scaleDown", overlaid(down, behavior.object("scaleDown")));
  }

  private static JsonObject rules() {
    return new JsonObject().set("selectPolicy", "Max");
  }

  private static JsonObject policy(String type, int value) {
    return new JsonObject()
        .set("type", type)
        .set("value", Json.of(value))
        .set("periodSeconds", Json.of(PERIOD_SECONDS));
  }

  private static JsonObject overlaid(JsonObject defaults, @Nullable JsonObject given) {
    if (given != null) {
      for (JsonObject.Field field : given) {
        if (!(field.value() instanceof Json.Null)) {
          defaults.set(field.name(), field.value());
        }
      }
    }
    return defaults;
  }

  /// A container's limit defaults to the most it may have, its request to the limit, else to the least it must have.
  private static void limitsOfContainers(JsonObject item) {
    if (!"Container".equals(item.text("type"))) {
      return;
    }
    JsonObject limits = item.objectAt("default");
    JsonObject requests = item.objectAt("defaultRequest");
    fillFrom(item, "max", limits);
    PodDefaults.fillAbsent(requests, limits);
    fillFrom(item, "min", requests);
    removeIfEmpty(item, "default");
    removeIfEmpty(item, "defaultRequest");
  }

  private static void fillFrom(JsonObject item, String source, JsonObject target) {
    JsonObject bounds = item.object(source);
    if (bounds != null) {
      PodDefaults.fillAbsent(target, bounds);
    }
  }

  private static void removeIfEmpty(JsonObject item, String field) {
    if (isEmpty(item.object(field))) {
      item.remove(field);
    }
  }

  /// Every namespace can be selected by its name.
  private static void nameLabel(JsonObject namespace) {
    JsonObject metadata = namespace.objectAt("metadata");
    String name = metadata.text("name");
    if (name != null && !name.isEmpty()) {
      metadata.objectAt("labels").set("kubernetes.io/metadata.name", name);
    }
  }

  private static void namesAndVersions(JsonObject definition) {
    JsonObject spec = definition.objectAt("spec");
    JsonObject names = spec.objectAt("names");
    String kind = names.text("kind");
    if (kind != null && !kind.isEmpty()) {
      setWhenUnset(names, "singular", kind.toLowerCase(Locale.ROOT));
      setWhenUnset(names, "listKind", kind + "List");
    }
    JsonObject status = definition.objectAt("status");
    if (UnsetField.isUnset(status.get("storedVersions"))) {
      storedVersion(spec, status);
    }
    if (status.isEmpty()) {
      definition.remove("status");
    }
  }

  private static void setWhenUnset(JsonObject structure, String field, String value) {
    if (UnsetField.isUnset(structure.get(field))) {
      structure.set(field, value);
    }
  }

  private static void storedVersion(JsonObject spec, JsonObject status) {
    for (JsonObject version : spec.objects("versions")) {
      String name = version.text("name");
      if (Json.Bool.TRUE.equals(version.get("storage")) && name != null) {
        status.set("storedVersions", JsonArray.of(Json.of(name)));
        return;
      }
    }
  }
}
