package dev.pintle.kube.admission;

import dev.pintle.kube.authz.Authorizer;
import dev.pintle.kube.authz.PolicyRule;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.Caller;
import dev.pintle.kube.request.Target;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.status.Refusals;
import dev.pintle.kube.store.ObjectView;
import java.util.List;
import java.util.stream.Collectors;

/// Nobody may give what they do not have: the rules of a role, or of the role that a binding names, must be covered by the rules of
/// the caller, unless the caller may `escalate` the role or `bind` it.
public final class Escalation implements Admission {
  private static final GroupVersion RBAC = new GroupVersion("rbac.authorization.k8s.io", "v1");

  private final Authorizer authorizer;

  public Escalation(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  @Override
  public void admit(Attempt attempt, ObjectView view) {
    JsonObject object = attempt.object();
    boolean about = attempt.subresource().isEmpty() && attempt.type().group().equals(RBAC.group());
    if (!about || object == null || attempt.caller().groups().contains(Caller.MASTERS)) {
      return;
    }
    switch (attempt.type().plural()) {
      case "roles", "clusterroles" -> role(attempt, object, view);
      case "rolebindings", "clusterrolebindings" -> binding(attempt, object, view);
      default -> {}
    }
  }

  private void role(Attempt attempt, JsonObject role, ObjectView view) {
    JsonObject old = attempt.old();
    List<PolicyRule> rules = PolicyRule.all(role.array("rules"));
    boolean unchanged = old != null && PolicyRule.all(old.array("rules")).equals(rules);
    if (!unchanged && !may(attempt, "escalate", attempt.type().plural(), attempt.name(), view)) {
      requireCovered(attempt, rules, view);
    }
  }

  private void binding(Attempt attempt, JsonObject binding, ObjectView view) {
    JsonObject old = attempt.old();
    boolean unchanged =
        old != null
            && old.objectAt("roleRef").equals(binding.objectAt("roleRef"))
            && String.valueOf(old.array("subjects"))
                .equals(String.valueOf(binding.array("subjects")));
    JsonObject role = binding.objectAt("roleRef");
    boolean wide = "ClusterRole".equals(role.text("kind"));
    String name = String.valueOf(role.text("name"));
    if (!unchanged && !may(attempt, "bind", wide ? "clusterroles" : "roles", name, view)) {
      requireCovered(attempt, authorizer.rulesOf(wide, attempt.namespace(), name, view), view);
    }
  }

  private boolean may(Attempt attempt, String verb, String resource, String name, ObjectView view) {
    Target target = new Target(verb, "", RBAC, attempt.namespace(), resource, name, "", 0);
    return authorizer.decide(attempt.caller(), target, () -> view).allowed();
  }

  private void requireCovered(Attempt attempt, List<PolicyRule> wanted, ObjectView view) {
    Caller caller = attempt.caller();
    List<PolicyRule> held = authorizer.rules(caller, attempt.namespace(), () -> view);
    List<PolicyRule> missing =
        wanted.stream()
            .flatMap(rule -> rule.smallest().stream())
            .filter(rule -> held.stream().noneMatch(own -> own.covers(rule)))
            .toList();
    if (!missing.isEmpty()) {
      String groups =
          caller.groups().stream()
              .map(group -> '"' + group + '"')
              .collect(Collectors.joining(" ", "[", "]"));
      throw Refusals.forbidden(
          attempt.type(),
          attempt.name(),
          "user \"%s\" (groups=%s) is attempting to grant RBAC permissions not currently held:\n%s"
              .formatted(
                  caller.name(),
                  groups,
                  PolicyRule.joined(missing).stream()
                      .map(PolicyRule::toString)
                      .sorted()
                      .collect(Collectors.joining("\n"))));
    }
  }
}
