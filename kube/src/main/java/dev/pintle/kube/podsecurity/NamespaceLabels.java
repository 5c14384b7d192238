package dev.pintle.kube.podsecurity;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// The rules of a namespace's own labels: they must name levels and versions, and who makes them stricter hears of the pods that would
/// not be let in any more.
final class NamespaceLabels {
  private final PodSecurityConfiguration configuration;
  private final Supplier<ResourceType> pods;

  NamespaceLabels(PodSecurityConfiguration configuration, Supplier<ResourceType> pods) {
    this.configuration = configuration;
    this.pods = pods;
  }

  void validate(AdmissionRequest request, JsonObject namespace, ObjectView view) {
    if (!request.subresource().isEmpty()) {
      return;
    }
    Map<String, String> labels = labels(namespace);
    NamespacePolicy policy = NamespacePolicy.of(labels, configuration.defaults());
    JsonObject old = request.old();
    NamespacePolicy before =
        old == null ? null : NamespacePolicy.of(labels(old), configuration.defaults());
    if (!policy.wrong().isEmpty() && (before == null || !before.wrong().equals(policy.wrong()))) {
      throw StatusErrors.invalid(request.type(), request.name(), policy.wrong());
    }
    if (before != null && !isStricter(policy.enforce(), before.enforce())) {
      return;
    }
    if (configuration.namespaces().contains(request.name())) {
      exempt(request, policy, labels);
    } else if (before != null) {
      new NamespacePods(pods.get(), configuration.runtimeClasses(), System::nanoTime)
          .warnings(request.name(), policy.enforce(), view)
          .forEach(request.notes()::warn);
    }
  }

  private static Map<String, String> labels(JsonObject namespace) {
    Map<String, String> labels = new HashMap<>();
    for (JsonObject.Field label : namespace.objectOrEmpty("metadata").objectOrEmpty("labels")) {
      if (label.value() instanceof Json.Text(var text)
          && label.name().startsWith(NamespacePolicy.PREFIX)) {
        labels.put(label.name(), text);
      }
    }
    return labels;
  }

  private static boolean isStricter(LevelVersion now, LevelVersion before) {
    boolean otherVersion = !now.version().equals(before.version());
    return !now.isPrivileged() && (otherVersion || now.level().compareTo(before.level()) > 0);
  }

  /// Who says what its pods must be should know that nobody will look at it.
  private void exempt(
      AdmissionRequest request, NamespacePolicy policy, Map<String, String> labels) {
    if (policy.isPrivileged() || policy.isLike(configuration.defaults())) {
      return;
    }
    List<String> said = new ArrayList<>(3);
    said("enforce", NamespacePolicy.ENFORCE, policy.enforce(), labels, said);
    said("audit", NamespacePolicy.AUDIT, policy.audit(), labels, said);
    said("warn", NamespacePolicy.WARN, policy.warn(), labels, said);
    request
        .notes()
        .warn(
            "namespace \"%s\" is exempt from Pod Security, and the policy (%s) will be ignored"
                .formatted(request.name(), String.join(", ", said)));
  }

  private static void said(
      String mode,
      String label,
      LevelVersion policy,
      Map<String, String> labels,
      List<String> said) {
    boolean given =
        labels.containsKey(label) || labels.containsKey(label + NamespacePolicy.VERSION);
    if (given && !policy.isPrivileged()) {
      said.add(mode + "=" + policy);
    }
  }

  /// What is wrong with the labels of a namespace, in one line.
  static String told(NamespacePolicy policy) {
    Set<String> each = new LinkedHashSet<>();
    for (Cause cause : policy.wrong()) {
      each.add(cause.field() + ": " + cause.message());
    }
    return each.size() == 1 ? each.iterator().next() : "[" + String.join(", ", each) + "]";
  }
}
