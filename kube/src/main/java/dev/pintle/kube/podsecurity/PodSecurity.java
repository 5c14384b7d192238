package dev.pintle.kube.podsecurity;

import dev.pintle.kube.admission.Admission;
import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The admission plugin PodSecurity: pods are held to the level that the labels of their namespace name, and who makes the template of
/// pods that would not be let in is warned.
public final class PodSecurity implements Admission {
  private static final Set<String> LOOKED_AWAY_FROM =
      Set.of("exec", "attach", "binding", "eviction", "log", "portforward", "proxy", "status");

  /// Where each kind of controller keeps the template of its pods.
  private static final Map<String, List<String>> TEMPLATES =
      Map.of(
          "podtemplates", List.of("template"),
          "replicationcontrollers", List.of("spec", "template"),
          "replicasets.apps", List.of("spec", "template"),
          "deployments.apps", List.of("spec", "template"),
          "statefulsets.apps", List.of("spec", "template"),
          "daemonsets.apps", List.of("spec", "template"),
          "jobs.batch", List.of("spec", "template"),
          "cronjobs.batch", List.of("spec", "jobTemplate", "spec", "template"));

  private static final String ENFORCED = NamespacePolicy.PREFIX + "enforce-policy";
  private static final String UNHELD = LevelVersion.PRIVILEGED.toString();

  private final PodSecurityConfiguration configuration;
  private final NamespacePolicies policies;
  private final NamespaceLabels labels;
  private final PodSecurityCounts counts;

  public PodSecurity(
      PodSecurityConfiguration configuration,
      PodSecurityCounts counts,
      Supplier<ResourceType> namespaces,
      Supplier<ResourceType> pods) {
    this.configuration = configuration;
    this.counts = counts;
    this.policies = new NamespacePolicies(namespaces, configuration.defaults());
    this.labels = new NamespaceLabels(configuration, pods);
  }

  @Override
  public void validate(AdmissionRequest request, ObjectView view) {
    boolean writes =
        switch (request.action()) {
          case CREATE, UPDATE -> true;
          case DELETE, CONNECT -> false;
        };
    JsonObject object = request.object();
    if (!writes || object == null) {
      return;
    }
    String resource = request.type().groupResource();
    switch (resource) {
      case "namespaces" -> labels.validate(request, object, view);
      case "pods" -> pod(request, object, view);
      default -> {
        List<String> template = TEMPLATES.get(resource);
        if (template != null && request.subresource().isEmpty()) {
          controller(request, object.object(template), view);
        }
      }
    }
  }

  private void pod(AdmissionRequest request, JsonObject pod, ObjectView view) {
    if (LOOKED_AWAY_FROM.contains(request.subresource()) || isExempt(request)) {
      return;
    }
    NamespacePolicy policy = policies.find(request.namespace(), view);
    if (policy == null) {
      counts.failed(true, request);
      String why = lookupFailed(request);
      annotate(request, "error", "Internal error occurred: " + why);
      throw StatusErrors.internal(why);
    }
    if (policy.wrong().isEmpty() && policy.isPrivileged()) {
      counts.privileged(request);
      request.notes().annotate(ENFORCED, UNHELD);
      return;
    }
    JsonObject old = request.old();
    if (old == null || PodChanges.matter(pod, old)) {
      evaluate(request, policy, PodUnderCheck.of(pod), true);
    }
  }

  private void controller(
      AdmissionRequest request, @Nullable JsonObject template, ObjectView view) {
    if (isExempt(request)) {
      return;
    }
    NamespacePolicy policy = policies.find(request.namespace(), view);
    if (policy == null) {
      counts.failed(true, request);
      annotate(request, "error", lookupFailed(request));
      return;
    }
    boolean silent = policy.warn().isPrivileged() && policy.audit().isPrivileged();
    if (template != null && !(silent && policy.wrong().isEmpty())) {
      evaluate(request, policy, PodUnderCheck.of(template), false);
    }
  }

  private static String lookupFailed(AdmissionRequest request) {
    return "failed to lookup namespace " + GoText.quote(request.namespace());
  }

  private boolean isExempt(AdmissionRequest request) {
    boolean byNamespace = configuration.namespaces().contains(request.namespace());
    if (byNamespace || configuration.usernames().contains(request.caller().name())) {
      exempted(request, byNamespace ? "namespace" : "user");
      return true;
    }
    return false;
  }

  private void exempted(AdmissionRequest request, String reason) {
    counts.exempted(request);
    annotate(request, "exempt", reason);
  }

  /// @param enforces whether the pod is refused that is not as its namespace wants it
  private void evaluate(
      AdmissionRequest request, NamespacePolicy policy, PodUnderCheck pod, boolean enforces) {
    if (configuration.runtimeClasses().contains(pod.runtimeClass())) {
      exempted(request, "runtimeClass");
      return;
    }
    if (!policy.wrong().isEmpty()) {
      annotate(request, "error", "Failed to parse policy: " + NamespaceLabels.told(policy));
      counts.failed(false, request);
    }
    PodVerdicts verdicts = new PodVerdicts(pod);
    String refusal = enforces ? enforce(request, policy.enforce(), verdicts) : "";
    String audited = verdicts.told(policy.audit());
    if (!audited.isEmpty()) {
      annotate(request, "audit-violations", "would violate " + audited);
      counts.evaluated(false, "audit", policy.audit(), request);
    }
    if (!refusal.isEmpty()) {
      throw StatusErrors.forbidden(request.type(), request.name(), "violates " + refusal);
    }
    String warned = verdicts.told(policy.warn());
    if (!warned.isEmpty()) {
      request.notes().warn("would violate " + warned);
      counts.evaluated(false, "warn", policy.warn(), request);
    }
  }

  private String enforce(AdmissionRequest request, LevelVersion policy, PodVerdicts verdicts) {
    request.notes().annotate(ENFORCED, policy.toString());
    String told = verdicts.told(policy);
    counts.evaluated(told.isEmpty(), "enforce", policy, request);
    return told;
  }

  private static void annotate(AdmissionRequest request, String key, String value) {
    request.notes().annotate(NamespacePolicy.PREFIX + key, value);
  }
}
