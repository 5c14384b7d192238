package dev.pintle.kube.enforcement;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The policies of the API server that objects ask for and that have no effect here, because nothing evaluates them. What other components
/// of a cluster enforce, such as network policies, is none of these.
public final class UnenforcedPolicies {
  private static final String POD_SECURITY_LABELS = "pod-security.kubernetes.io/";

  private static final List<Policy> ALL =
      List.of(
          new Policy(
              "PodSecurity",
              "namespaces",
              "pod-security.kubernetes.io labels have no effect: this server does not enforce the Pod Security Standards",
              UnenforcedPolicies::hasPodSecurityLabels),
          new Policy(
              "ValidatingAdmissionPolicy",
              "validatingadmissionpolicies.admissionregistration.k8s.io",
              "ValidatingAdmissionPolicy has no effect: this server does not evaluate admission policies",
              _ -> true),
          new Policy(
              "ValidatingAdmissionPolicy",
              "validatingadmissionpolicybindings.admissionregistration.k8s.io",
              "ValidatingAdmissionPolicyBinding has no effect: this server does not evaluate admission policies",
              _ -> true),
          new Policy(
              "MutatingAdmissionPolicy",
              "mutatingadmissionpolicies.admissionregistration.k8s.io",
              "MutatingAdmissionPolicy has no effect: this server does not evaluate admission policies",
              _ -> true),
          new Policy(
              "MutatingAdmissionPolicy",
              "mutatingadmissionpolicybindings.admissionregistration.k8s.io",
              "MutatingAdmissionPolicyBinding has no effect: this server does not evaluate admission policies",
              _ -> true),
          new Policy(
              "ValidatingWebhookConfiguration",
              "validatingwebhookconfigurations.admissionregistration.k8s.io",
              "ValidatingWebhookConfiguration has no effect: this server calls no admission webhooks, whatever their failurePolicy says",
              _ -> true),
          new Policy(
              "MutatingWebhookConfiguration",
              "mutatingwebhookconfigurations.admissionregistration.k8s.io",
              "MutatingWebhookConfiguration has no effect: this server calls no admission webhooks, whatever their failurePolicy says",
              _ -> true),
          new Policy(
              "ResourceQuota",
              "resourcequotas",
              "ResourceQuota has no effect: this server does not enforce quotas",
              _ -> true),
          new Policy(
              "API Priority and Fairness",
              "flowschemas.flowcontrol.apiserver.k8s.io",
              "FlowSchema has no effect: this server has no priority levels",
              _ -> true),
          new Policy(
              "API Priority and Fairness",
              "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io",
              "PriorityLevelConfiguration has no effect: this server has no priority levels",
              _ -> true),
          new Policy(
              "conversion webhooks",
              "customresourcedefinitions.apiextensions.k8s.io",
              "spec.conversion.strategy Webhook has no effect: this server calls no conversion webhooks and converts by changing apiVersion alone",
              UnenforcedPolicies::convertsByWebhook),
          new Policy(
              "APIService aggregation",
              "apiservices.apiregistration.k8s.io",
              "spec.service has no effect: this server hands no requests on to other API servers and answers 503 for this version",
              UnenforcedPolicies::namesService));

  private static final Map<String, List<Policy>> BY_RESOURCE =
      ALL.stream().collect(Collectors.groupingBy(Policy::groupResource));

  private UnenforcedPolicies() {}

  /// A kind that promises a policy.
  ///
  /// @param title as people know it; what belongs together has one
  /// @param warning what whoever writes such an object should know
  /// @param asks whether an object of the resource asks for it
  private record Policy(
      String title, String groupResource, String warning, Predicate<JsonObject> asks) {}

  /// What whoever writes the object should know.
  ///
  /// @param object as it is stored
  public static Stream<String> warnings(ResourceType type, JsonObject object) {
    List<Policy> promised = BY_RESOURCE.get(type.groupResource());
    return promised == null
        ? Stream.empty()
        : promised.stream().filter(policy -> policy.asks().test(object)).map(Policy::warning);
  }

  /// All of them, as people know them.
  public static List<String> titles() {
    return ALL.stream().map(Policy::title).distinct().toList();
  }

  private static boolean hasPodSecurityLabels(JsonObject namespace) {
    JsonObject labels = namespace.objectAt("metadata").object("labels");
    if (labels != null) {
      for (JsonObject.Field label : labels) {
        if (label.name().startsWith(POD_SECURITY_LABELS)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean convertsByWebhook(JsonObject definition) {
    JsonObject conversion = definition.objectAt("spec").object("conversion");
    return conversion != null && "Webhook".equals(conversion.text("strategy"));
  }

  private static boolean namesService(JsonObject apiService) {
    return apiService.objectAt("spec").object("service") != null;
  }
}
