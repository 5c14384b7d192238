package dev.pintle.kube.warning;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.validation.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The warnings of a pod or the template of one.
final class PodWarnings {
  private static final String SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
  private static final Map<String, String> ANNOTATIONS =
      Map.of(
          "scheduler.alpha.kubernetes.io/critical-pod",
          "non-functional in v1.16+; use the \"priorityClassName\" field instead",
          "security.alpha.kubernetes.io/sysctls",
          "non-functional in v1.11+; use the \"sysctls\" field instead",
          "security.alpha.kubernetes.io/unsafe-sysctls",
          "non-functional in v1.11+; use the \"sysctls\" field instead");

  private final FieldPath path;
  private final FieldPath specPath;
  private final JsonObject spec;
  private final JsonObject annotations;
  private final Consumer<String> warnings;

  private PodWarnings(FieldPath path, JsonObject pod, Consumer<String> warnings) {
    this.path = path;
    this.specPath = path.child("spec");
    this.spec = pod.objectOrEmpty("spec");
    this.annotations = pod.objectOrEmpty("metadata").objectOrEmpty("annotations");
    this.warnings = warnings;
  }

  /// @param path of the template; the root for a pod itself
  static void of(FieldPath path, JsonObject pod, Consumer<String> warnings) {
    PodWarnings each = new PodWarnings(path, pod, warnings);
    each.nodes();
    each.spread();
    each.annotations();
    VolumeWarnings.of(each.specPath, each.spec, warnings);
    each.repeated("hostAliases", "ip");
    each.repeated("imagePullSecrets", "name");
    each.namelessSecrets();
    each.overhead();
    ContainerWarnings.of(path, each.spec, each.annotations, warnings);
    PortWarnings.of(each.specPath, each.spec, warnings);
    each.gracePeriod();
    each.affinity("podAffinity");
    each.affinity("podAntiAffinity");
    each.addresses();
  }

  private void warn(FieldPath place, String text) {
    warnings.accept(ObjectWarnings.shown(place, text));
  }

  private void nodes() {
    for (JsonObject.Field label : spec.objectOrEmpty("nodeSelector")) {
      String advice = NodeLabelWarnings.of(label.name());
      if (advice != null) {
        warn(specPath.child("nodeSelector").key(label.name()), advice);
      }
    }
    JsonObject affinity = spec.objectOrEmpty("affinity").objectOrEmpty("nodeAffinity");
    FieldPath affinityPath = specPath.child("affinity").child("nodeAffinity");
    String required = "requiredDuringSchedulingIgnoredDuringExecution";
    List<JsonObject> terms = affinity.objectOrEmpty(required).objects("nodeSelectorTerms");
    for (int i = 0; i < terms.size(); i++) {
      FieldPath place = affinityPath.child(required).child("nodeSelectorTerms").index(i);
      NodeLabelWarnings.term(place, terms.get(i), false, warnings);
    }
    String preferred = "preferredDuringSchedulingIgnoredDuringExecution";
    List<JsonObject> preferences = affinity.objects(preferred);
    for (int i = 0; i < preferences.size(); i++) {
      FieldPath place = affinityPath.child(preferred).index(i).child("preference");
      NodeLabelWarnings.term(place, preferences.get(i).objectOrEmpty("preference"), true, warnings);
    }
  }

  private void spread() {
    List<JsonObject> constraints = spec.objects("topologySpreadConstraints");
    for (int i = 0; i < constraints.size(); i++) {
      FieldPath place = specPath.child("topologySpreadConstraints").index(i);
      NodeLabelWarnings.key(
          place.child("topologyKey"), constraints.get(i).textOrEmpty("topologyKey"), warnings);
      selector(place, constraints.get(i));
    }
  }

  private void selector(FieldPath place, JsonObject holder) {
    if (holder.object("labelSelector") == null) {
      warn(place.child("labelSelector"), "a null labelSelector results in matching no pod");
    }
  }

  private void annotations() {
    FieldPath place = path.child("metadata").child("annotations");
    for (JsonObject.Field annotation : annotations) {
      String advice = ANNOTATIONS.get(annotation.name());
      if (advice != null) {
        warn(place.key(annotation.name()), advice);
      }
    }
    if (annotations.has(SECCOMP_POD)
        && spec.objectOrEmpty("securityContext").object("seccompProfile") == null) {
      warn(
          place.key(SECCOMP_POD),
          "non-functional in v1.27+; use the \"seccompProfile\" field instead");
    }
  }

  private void repeated(String list, String field) {
    List<JsonObject> items = spec.objects(list);
    if (items.size() < 2) {
      return;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < items.size(); i++) {
      String value = items.get(i).textOrEmpty(field);
      if (!seen.add(value)) {
        warn(
            specPath.child(list).index(i).child(field),
            "duplicate %s \"%s\"".formatted(field, value));
      }
    }
  }

  private void namelessSecrets() {
    List<JsonObject> secrets = spec.objects("imagePullSecrets");
    for (int i = 0; i < secrets.size(); i++) {
      if (secrets.get(i).textOrEmpty("name").isEmpty()) {
        warn(specPath.child("imagePullSecrets").index(i).child("name"), "invalid empty name \"\"");
      }
    }
  }

  private void overhead() {
    JsonObject overhead = spec.objectOrEmpty("overhead");
    StorageWarnings.fraction(specPath.child("overhead"), overhead, "memory", warnings);
    StorageWarnings.fraction(specPath.child("overhead"), overhead, "ephemeral-storage", warnings);
  }

  private void gracePeriod() {
    if (spec.wholeOrZero("terminationGracePeriodSeconds") < 0) {
      warn(
          specPath.child("terminationGracePeriodSeconds"),
          "must be >= 0; negative values are invalid and will be treated as 1");
    }
  }

  private void affinity(String kind) {
    JsonObject affinity = spec.objectOrEmpty("affinity").objectOrEmpty(kind);
    FieldPath place = specPath.child("affinity").child(kind);
    String required = "requiredDuringSchedulingIgnoredDuringExecution";
    List<JsonObject> terms = affinity.objects(required);
    for (int i = 0; i < terms.size(); i++) {
      selector(place.child(required).index(i), terms.get(i));
    }
    String preferred = "preferredDuringSchedulingIgnoredDuringExecution";
    List<JsonObject> weighted = affinity.objects(preferred);
    for (int i = 0; i < weighted.size(); i++) {
      selector(
          place.child(preferred).index(i).child("podAffinityTerm"),
          weighted.get(i).objectOrEmpty("podAffinityTerm"));
    }
  }

  private void addresses() {
    JsonArray servers = spec.objectOrEmpty("dnsConfig").arrayOrEmpty("nameservers");
    AddressWarnings.ips(specPath.child("dnsConfig").child("nameservers"), servers, warnings);
    AddressWarnings.fields(
        specPath.child("hostAliases"), spec.objects("hostAliases"), "ip", warnings);
  }

  /// The containers of a pod in the order in which the real server looks at them.
  static void eachContainer(FieldPath specPath, JsonObject spec, ContainerVisitor visitor) {
    for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
      JsonArray containers = spec.arrayOrEmpty(list);
      for (int i = 0; i < containers.size(); i++) {
        Json container = containers.at(i);
        if (container instanceof JsonObject object) {
          visitor.visit(specPath.child(list).index(i), object);
        }
      }
    }
  }

  /// A look at one container.
  @FunctionalInterface
  interface ContainerVisitor {
    void visit(FieldPath path, JsonObject container);
  }
}
