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

/// Nobody may give what they do not have: the rules of a role, or of the role that a binding names, must be covered by the rules of
/// the caller, unless the caller may `escalate` the role or `bind` it. A role that gathers the rules of others may come to hold
/// anything, so that only who may do everything sets or changes it.
///
/// Every write of a role is looked at, also one that leaves its rules alone: its labels may bring those rules into another role.
public final class Escalation implements Admission {
  private static final String GROUP = "rbac.authorization.k8s.io";

  private final Authorizer authorizer;
  private final Function<String, ResourceType> types;

  /// @param types finds the resources of roles by their plural
  public Escalation(Authorizer authorizer, Function<String, ResourceType> types) {
    this.authorizer = authorizer;
    this.types = types;
  }

  @Override
  public void admit(AdmissionRequest attempt, ObjectView view) {
    JsonObject object = attempt.object();
    boolean about = attempt.subresource().isEmpty() && attempt.type().group().equals(GROUP);
    if (!about || object == null || attempt.caller().groups().contains(UserInfo.MASTERS)) {
      return;
    }
    switch (attempt.type().plural()) {
      case "roles", "clusterroles" -> role(attempt, object, view);
      case "rolebindings", "clusterrolebindings" -> binding(attempt, object, view);
      default -> {}
    }
  }

  private void role(AdmissionRequest attempt, JsonObject role, ObjectView view) {
    // Who creates by the collection names the role in the body, which no right is limited to.
    String name = attempt.named() ? attempt.name() : "";
    RequestInfo escalate =
        target("escalate", GROUP, attempt.namespace(), attempt.type().plural(), name);
    if (may(attempt, escalate, view) || CollectorFields.alone(attempt)) {
      return;
    }
    List<PolicyRule> held = held(attempt, view);
    requireCovered(attempt, PolicyRule.all(role.array("rules")), held);
    boolean gathers = gathers(role) || gathers(attempt.old());
    if (gathers && !missing(PolicyRule.EVERYTHING, held).isEmpty()) {
      throw StatusErrors.forbidden(
          attempt.type(),
          attempt.name(),
          "must have cluster-admin privileges to use the aggregationRule");
    }
  }

  private static boolean gathers(@Nullable JsonObject role) {
    JsonObject aggregation = role == null ? null : role.object("aggregationRule");
    JsonArray selectors = aggregation == null ? null : aggregation.array("clusterRoleSelectors");
    return selectors != null && !selectors.isEmpty();
  }

  private void binding(AdmissionRequest attempt, JsonObject binding, ObjectView view) {
    if (CollectorFields.alone(attempt)) {
      return;
    }
    JsonObject ref = binding.objectAt("roleRef");
    String kind = text(ref, "kind");
    String name = text(ref, "name");
    boolean wide = kind.equals("ClusterRole");
    boolean known = wide || kind.equals("Role");
    String plural = wide ? "clusterroles" : "roles";
    RequestInfo bind = target("bind", text(ref, "apiGroup"), attempt.namespace(), plural, name);
    if (known && may(attempt, bind, view)) {
      return;
    }
    if (!known) {
      throw StatusErrors.bare(500, "unsupported role reference kind: " + GoText.quote(kind));
    }
    requireCovered(attempt, rules(attempt, wide, name, view), held(attempt, view));
  }

  /// The rules of a role, which must be there; what is told to be missing bears the kind of the binding.
  private List<PolicyRule> rules(
      AdmissionRequest attempt, boolean wide, String name, ObjectView view) {
    String namespace = attempt.namespace();
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
      throw StatusErrors.notFound(attempt.type(), name);
    }
    return rules;
  }

  private static String text(JsonObject object, String field) {
    String text = object.text(field);
    return text == null ? "" : text;
  }

  private static RequestInfo target(
      String verb, String group, String namespace, String resource, String name) {
    return new RequestInfo(
        verb, "", new GroupVersion(group, "v1"), namespace, resource, name, "", 0);
  }

  private boolean may(AdmissionRequest attempt, RequestInfo target, ObjectView view) {
    return authorizer.decide(attempt.caller(), target, () -> view).allowed();
  }

  private List<PolicyRule> held(AdmissionRequest attempt, ObjectView view) {
    return authorizer.rules(attempt.caller(), attempt.namespace(), () -> view);
  }

  private static List<PolicyRule> missing(List<PolicyRule> wanted, List<PolicyRule> held) {
    return wanted.stream()
        .flatMap(rule -> rule.smallest().stream())
        .filter(rule -> held.stream().noneMatch(own -> own.covers(rule)))
        .toList();
  }

  private static void requireCovered(
      AdmissionRequest attempt, List<PolicyRule> wanted, List<PolicyRule> held) {
    List<PolicyRule> missing = missing(wanted, held);
    if (!missing.isEmpty()) {
      throw refusal(attempt, missing);
    }
  }

  private static StatusError refusal(AdmissionRequest attempt, List<PolicyRule> missing) {
    UserInfo caller = attempt.caller();
    String groups =
        caller.groups().stream().map(GoText::quote).collect(Collectors.joining(" ", "[", "]"));
    String rules =
        PolicyRule.joined(missing).stream()
            .map(PolicyRule::toString)
            .distinct()
            .sorted()
            .collect(Collectors.joining("\n"));
    return StatusErrors.forbidden(
        attempt.type(),
        attempt.name(),
        "user %s (groups=%s) is attempting to grant RBAC permissions not currently held:\n%s"
            .formatted(GoText.quote(caller.name()), groups, rules));
  }
}
