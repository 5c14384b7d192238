package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.Map;

/// The rules of what of a persistent volume may change: not what it is made of, and from where it is reached only once.
final class VolumeUpdateRules {
  private static final String EXPANDING = "controllerExpandSecretRef";
  private static final String ATTRIBUTES = "volumeAttributesClassName";
  private static final String SOURCE_KEPT =
      "spec.persistentvolumesource is immutable after creation";
  private static final String NODES_KEPT =
      "field is immutable, except for updating from beta label to GA";

  /// The names that labels of nodes have had, and have.
  private static final Map<String, String> NEWER =
      Map.of(
          "failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone",
          "failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region",
          "beta.kubernetes.io/os", "kubernetes.io/os",
          "beta.kubernetes.io/arch", "kubernetes.io/arch",
          "beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type");

  private VolumeUpdateRules() {}

  static Map<String, NamedRule> all() {
    return Map.of("changedVolume", VolumeUpdateRules::changedVolume);
  }

  private static void changedVolume(ValidatedObject volume) {
    ValidatedObject spec = volume.childOrEmpty("spec");
    JsonObject old = spec.old();
    if (old == null) {
      return;
    }
    source(spec, old);
    mode(spec, old);
    nodes(spec, old);
    boolean taken = old.text(ATTRIBUTES) != null && !spec.has(ATTRIBUTES);
    if (taken) {
      spec.forbidden(ATTRIBUTES, "update from non-nil value to nil is forbidden");
    }
  }

  /// The secret to expand a volume with may come later.
  private static void source(ValidatedObject spec, JsonObject old) {
    JsonObject now = withoutNewSecret(spec, old);
    if (!InternalForms.sameAmongOthers("PersistentVolumeSource", now, old)) {
      String change = InternalForms.diff("PersistentVolumeSource", old, now);
      spec.add(
          FieldError.forbidden(
              FieldPath.of("spec.persistentvolumesource"), SOURCE_KEPT + "\n" + change));
    }
  }

  private static JsonObject withoutNewSecret(ValidatedObject spec, JsonObject old) {
    JsonObject driver = spec.structure().object("csi");
    JsonObject before = old.object("csi");
    if (driver == null || before == null || before.object(EXPANDING) != null) {
      return spec.structure();
    }
    JsonObject bare = driver.copy();
    bare.remove(EXPANDING);
    return spec.structure().copy().set("csi", bare);
  }

  /// Errors place it at the top.
  private static void mode(ValidatedObject spec, JsonObject old) {
    if (!Immutable.same(spec.value("volumeMode"), old.get("volumeMode"))) {
      spec.add(
          FieldError.invalid(
              FieldPath.of("volumeMode"), spec.shown("volumeMode"), Immutable.MESSAGE));
    }
  }

  private static void nodes(ValidatedObject spec, JsonObject old) {
    JsonObject before = old.object("nodeAffinity");
    JsonObject now = spec.structure().object("nodeAffinity");
    if (before == null || (now != null && Immutable.same(now, renamed(before, now)))) {
      return;
    }
    Json shown = now == null ? Json.NULL : InternalForms.of("VolumeNodeAffinity", now);
    spec.add(FieldError.invalid(FieldPath.of("nodeAffinity"), shown, NODES_KEPT));
  }

  /// What was there before, its labels under their newer names where they have those now.
  private static JsonObject renamed(JsonObject before, JsonObject now) {
    JsonObject copy = before.copy();
    List<JsonObject> terms = terms(copy);
    List<JsonObject> termsNow = terms(now);
    for (int i = 0; i < Math.min(terms.size(), termsNow.size()); i++) {
      List<JsonObject> expressions = terms.get(i).objects("matchExpressions");
      List<JsonObject> expressionsNow = termsNow.get(i).objects("matchExpressions");
      for (int j = 0; j < Math.min(expressions.size(), expressionsNow.size()); j++) {
        // Upstream knows an empty name as the newer one of every other.
        String newer = NEWER.getOrDefault(expressions.get(j).textOrEmpty("key"), "");
        if (newer.equals(expressionsNow.get(j).textOrEmpty("key"))) {
          expressions.get(j).set("key", newer);
        }
      }
    }
    return copy;
  }

  private static List<JsonObject> terms(JsonObject affinity) {
    return affinity.objectOrEmpty("required").objects("nodeSelectorTerms");
  }
}
