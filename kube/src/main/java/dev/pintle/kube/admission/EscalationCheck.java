package dev.pintle.kube.admission;

import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.authz.PolicyRule;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.kube.store.ObjectView;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The prevention of privilege escalation: the rules of a role, or of the role that a binding names, must be covered by the
/// rules of the caller, unless the caller may `escalate` the role or `bind` it. A role that aggregates others may come to
/// hold anything, so that only who may do everything sets or changes it.
///
/// Every write of a role is looked at, also one that leaves its rules alone: its labels may bring those rules into another
/// role.
public final class EscalationCheck implements Admission {
  private static final String GROUP = "rbac.authorization.k8s.io";

  private final Authorizer authorizer;
  private final Function<String, ResourceType> types;

  /// @param types finds the resources of roles by their plural
  public EscalationCheck(Authorizer authorizer, Function<String, ResourceType> types) {
    this.authorizer = authorizer;
    this.types = types;
  }

  @Override
  public void prepare(AdmissionRequest request, ObjectView view) {
    JsonObject object = request.object();
    boolean about = request.subresource().isEmpty() && request.type().group().equals(GROUP);
    if (!about || object == null || request.caller().groups().contains(UserInfo.MASTERS)) {
      return;
    }
    switch (request.type().plural()) {
      case "roles", "clusterroles" -> role(request, object, view);
      case "rolebindings", "clusterrolebindings" -> binding(request, object, view);
      default -> {}
    }
  }

  private void role(AdmissionRequest request, JsonObject role, ObjectView view) {
    // Who creates by the collection names the role in the body, which no right is limited to.
    String name = request.named() ? request.name() : "";
    RequestInfo escalate =
        target("escalate", GROUP, request.namespace(), request.type().plural(), name);
    if (may(request, escalate, view) || GarbageCollectorFields.alone(request)) {
      return;
    }
    List<PolicyRule> held = held(request, view);
    requireCovered(request, PolicyRule.all(role.array("rules")), held);
    boolean gathers = gathers(role) || gathers(request.old());
    if (gathers && !missing(PolicyRule.EVERYTHING, held).isEmpty()) {
      throw StatusErrors.forbidden(
          request.type(),
          request.name(),
          "must have cluster-admin privileges to use the aggregationRule");
    }
  }

  private static boolean gathers(@Nullable JsonObject role) {
    JsonObject aggregation = role == null ? null : role.object("aggregationRule");
    JsonArray selectors = aggregation == null ? null : aggregation.array("clusterRoleSelectors");
    return selectors != null && !selectors.isEmpty();
  }

  private void binding(AdmissionRequest request, JsonObject binding, ObjectView view) {
    if (GarbageCollectorFields.alone(request)) {
      return;
    }
    JsonObject ref = binding.objectAt("roleRef");
    String kind = ref.textOrEmpty("kind");
    String name = ref.textOrEmpty("name");
    boolean wide = kind.equals("ClusterRole");
    boolean known = wide || kind.equals("Role");
    String plural = wide ? "clusterroles" : "roles";
    RequestInfo bind =
        target("bind", ref.textOrEmpty("apiGroup"), request.namespace(), plural, name);
    if (known && may(request, bind, view)) {
      return;
    }
    if (!known) {
      throw StatusErrors.bare(500, "unsupported role reference kind: " + GoText.quote(kind));
    }
    requireCovered(request, rules(request, wide, name, view), held(request, view));
  }

  /// The rules of a role, which must be there; what is told to be missing bears the kind of the binding.
  private List<PolicyRule> rules(
      AdmissionRequest request, boolean wide, String name, ObjectView view) {
    String namespace = request.namespace();
    if (!wide && namespace.isEmpty()) {
      throw StatusErrors.badRequest("Namespace parameter required.");
    }
    if (name.isEmpty()) {
      throw StatusErrors.badRequest("Name parameter required.");
    }
    List<String> complaints = Formats.pathSegment(name);
    if (!complaints.isEmpty()) {
      throw StatusErrors.badRequest(
          "Name parameter invalid: %s: %s"
              .formatted(GoText.quote(name), String.join(";", complaints)));
    }
    List<PolicyRule> rules = authorizer.rulesOf(wide, namespace, name, view);
    ResourceType type = types.apply(wide ? "clusterroles" : "roles");
    if (rules.isEmpty() && view.find(type, wide ? "" : namespace, name) == null) {
      throw StatusErrors.notFound(request.type(), name);
    }
    return rules;
  }

  private static RequestInfo target(
      String verb, String group, String namespace, String resource, String name) {
    return new RequestInfo(
        verb, "", new GroupVersion(group, "v1"), namespace, resource, name, "", 0);
  }

  private boolean may(AdmissionRequest request, RequestInfo target, ObjectView view) {
    return authorizer.decide(request.caller(), target, () -> view).allowed();
  }

  private List<PolicyRule> held(AdmissionRequest request, ObjectView view) {
    return authorizer.rules(request.caller(), request.namespace(), () -> view).rules();
  }

  private static List<PolicyRule> missing(List<PolicyRule> wanted, List<PolicyRule> held) {
    return wanted.stream()
        .flatMap(rule -> rule.smallest().stream())
        .filter(rule -> held.stream().noneMatch(own -> own.covers(rule)))
        .toList();
  }

  private static void requireCovered(
      AdmissionRequest request, List<PolicyRule> wanted, List<PolicyRule> held) {
    List<PolicyRule> missing = missing(wanted, held);
    if (!missing.isEmpty()) {
      throw refusal(request, missing);
    }
  }

  private static StatusError refusal(AdmissionRequest request, List<PolicyRule> missing) {
    UserInfo caller = request.caller();
    String groups =
        caller.groups().stream().map(GoText::quote).collect(Collectors.joining(" ", "[", "]"));
    String rules =
        PolicyRule.joined(missing).stream()
            .map(PolicyRule::toString)
            .distinct()
            .sorted()
            .collect(Collectors.joining("\n"));
    return StatusErrors.forbidden(
        request.type(),
        request.name(),
        "user %s (groups=%s) is attempting to grant RBAC permissions not currently held:\n%s"
            .formatted(GoText.quote(caller.name()), groups, rules));
  }
}
