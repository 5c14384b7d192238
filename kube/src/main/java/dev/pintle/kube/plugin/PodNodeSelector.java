package dev.pintle.kube.plugin;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.AdmissionConfiguration;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.admission.AdmissionRequest.Action;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The admission plugin PodNodeSelector: the pods of a namespace run on the nodes that its annotation, or the configuration, selects,
/// and select none but those that the configuration lets them.
public final class PodNodeSelector implements Admission {
  private static final String FIELD = "podNodeSelectorPluginConfig";
  private static final String OF_CLUSTER = "clusterDefaultNodeSelector";
  private static final String ANNOTATION = "scheduler.alpha.kubernetes.io/node-selector";

  private final Supplier<ResourceType> namespaces;
  private final Map<String, String> configured;

  /// @param configuration as [#read] takes it
  public PodNodeSelector(Supplier<ResourceType> namespaces, Optional<JsonObject> configuration) {
    this.namespaces = namespaces;
    this.configured = configuration.map(PodNodeSelector::read).orElse(Map.of());
  }

  /// The selectors by the names of namespaces.
  ///
  /// @throws IllegalArgumentException that says what is wrong
  public static Map<String, String> read(JsonObject configuration) {
    AdmissionConfiguration.requireKnown(configuration, Set.of(FIELD), "");
    Map<String, String> selectors = new HashMap<>();
    for (JsonObject.Field one : configuration.objectOrEmpty(FIELD)) {
      if (!(one.value() instanceof Json.Text(var selector))) {
        throw new IllegalArgumentException("%s.%s: no text".formatted(FIELD, one.name()));
      }
      try {
        var _ = labels(selector);
      } catch (StatusError invalid) {
        throw new IllegalArgumentException(
            "%s.%s: %s".formatted(FIELD, one.name(), invalid.status().message()), invalid);
      }
      selectors.put(one.name(), selector);
    }
    return selectors;
  }

  @Override
  public void mutate(AdmissionRequest request, ObjectView view) {
    JsonObject pod = request.object();
    if (pod == null || !concerns(request)) {
      return;
    }
    Map<String, String> ofNamespace = ofNamespace(request, view);
    JsonObject spec = pod.objectAt("spec");
    requireNoConflict(request, ofNamespace, spec);
    if (!ofNamespace.isEmpty()) {
      JsonObject selector = spec.objectAt("nodeSelector");
      ofNamespace.forEach((key, value) -> {
        if (!selector.has(key)) {
          selector.set(key, value);
        }
      });
    }
    requireAllowed(request, spec);
  }

  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    JsonObject pod = request.object();
    if (pod != null && concerns(request)) {
      JsonObject spec = pod.objectOrEmpty("spec");
      requireNoConflict(request, ofNamespace(request, view), spec);
      requireAllowed(request, spec);
    }
  }

  private static boolean concerns(AdmissionRequest request) {
    return request.action() == Action.CREATE && request.isOf("", "pods");
  }

  private Map<String, String> ofNamespace(AdmissionRequest request, ObjectView view) {
    JsonObject namespace = view.require(namespaces.get(), "", request.namespace()).tree();
    String annotated =
        namespace.objectOrEmpty("metadata").objectOrEmpty("annotations").text(ANNOTATION);
    return labels(annotated == null ? configured.getOrDefault(OF_CLUSTER, "") : annotated);
  }

  private static Map<String, String> labels(String selector) {
    Map<String, String> labels = new TreeMap<>();
    if (selector.isEmpty()) {
      return labels;
    }
    for (String label : selector.split(",", -1)) {
      String[] parts = label.split("=", -1);
      if (parts.length != 2) {
        throw StatusErrors.bare(500, "invalid selector: [" + String.join(" ", parts) + "]");
      }
      labels.put(parts[0].strip(), parts[1].strip());
    }
    return labels;
  }

  private static void requireNoConflict(
      AdmissionRequest request, Map<String, String> ofNamespace, JsonObject spec) {
    for (JsonObject.Field one : spec.objectOrEmpty("nodeSelector")) {
      String other = ofNamespace.get(one.name());
      if (other != null && !Json.of(other).equals(one.value())) {
        throw StatusErrors.forbidden(
            request.type(),
            request.name(),
            "pod node label selector conflicts with its namespace node label selector");
      }
    }
  }

  private void requireAllowed(AdmissionRequest request, JsonObject spec) {
    Map<String, String> allowed = labels(configured.getOrDefault(request.namespace(), ""));
    if (allowed.isEmpty()) {
      return;
    }
    for (JsonObject.Field one : spec.objectOrEmpty("nodeSelector")) {
      String value = allowed.get(one.name());
      if (value == null || !Json.of(value).equals(one.value())) {
        throw StatusErrors.forbidden(
            request.type(),
            request.name(),
            "pod node label selector labels conflict with its namespace whitelist");
      }
    }
  }
}
