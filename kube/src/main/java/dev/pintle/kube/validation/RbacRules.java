package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import java.util.List;
import java.util.Map;

/// The rules of roles and their bindings.
final class RbacRules {
  private static final String GROUP = "rbac.authorization.k8s.io";

  private RbacRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "policyRules", RbacRules::policyRules,
        "roleBinding", RbacRules::roleBinding,
        "roleRefKept", RbacRules::roleRefKept);
  }

  private static void policyRules(ValidatedObject role) {
    boolean namespaced = role.context().type().namespaced();
    role.items("rules").forEach(rule -> policyRule(rule, namespaced));
    ValidatedObject aggregation = namespaced ? null : role.child("aggregationRule");
    if (aggregation != null) {
      if (aggregation.count("clusterRoleSelectors") == 0) {
        aggregation.required(
            "clusterRoleSelectors",
            "at least one clusterRoleSelector required if aggregationRule is non-nil");
      }
      for (ValidatedObject selector : aggregation.items("clusterRoleSelectors")) {
        Labels.checkSelector(selector);
        if (!SelectorMatch.isValid(selector.structure())) {
          selector.add(FieldError.invalid(selector.path(), Json.NULL, "invalid label selector."));
        }
      }
    }
  }

  private static void policyRule(ValidatedObject rule, boolean namespaced) {
    if (rule.count("nonResourceURLs") > 0) {
      if (namespaced) {
        rule.invalid("nonResourceURLs", "namespaced rules cannot apply to non-resource URLs");
      }
      if (rule.count("apiGroups") + rule.count("resources") + rule.count("resourceNames") > 0) {
        rule.invalid(
            "nonResourceURLs",
            "rules cannot apply to both regular resources and non-resource URLs");
      }
      return;
    }
    if (rule.count("apiGroups") == 0) {
      rule.required("apiGroups", "resource rules must supply at least one api group");
    }
    if (rule.count("resources") == 0) {
      rule.required("resources", "resource rules must supply at least one resource");
    }
  }

  private static void roleBinding(ValidatedObject binding) {
    boolean namespaced = binding.context().type().namespaced();
    ValidatedObject role = binding.childOrEmpty("roleRef");
    if (!role.text("apiGroup").equals(GROUP)) {
      unsupported(role, "apiGroup", GROUP);
    }
    String[] kinds =
        namespaced ? new String[] {"Role", "ClusterRole"} : new String[] {"ClusterRole"};
    if (!List.of(kinds).contains(role.text("kind"))) {
      unsupported(role, "kind", kinds);
    }
    if (!role.text("name").isEmpty()) {
      role.invalid("name", Formats.pathSegment(role.text("name")));
    } else if (role.old() != null) {
      // The declared rule, which comes last, speaks of new bindings.
      role.required("name", "");
    }
    binding.items("subjects").forEach(subject -> subject(subject, namespaced));
  }

  private static void unsupported(ValidatedObject place, String field, String... supported) {
    place.add(
        FieldError.notSupported(place.path(field), Json.of(place.text(field)), List.of(supported)));
  }

  private static void subject(ValidatedObject subject, boolean namespaced) {
    String name = subject.text("name");
    switch (subject.text("kind")) {
      case "ServiceAccount" -> {
        if (!name.isEmpty()) {
          subject.invalid("name", Formats.dns1123Subdomain(name));
        }
        if (!subject.text("apiGroup").isEmpty()) {
          unsupported(subject, "apiGroup", "");
        }
        if (!namespaced && subject.text("namespace").isEmpty()) {
          subject.required("namespace", "");
        }
      }
      case "User", "Group" -> {
        if (!subject.text("apiGroup").equals(GROUP)) {
          unsupported(subject, "apiGroup", GROUP);
        }
      }
      default -> unsupported(subject, "kind", "ServiceAccount", "User", "Group");
    }
  }

  private static boolean isChanged(ValidatedObject role) {
    return role.old() != null && !Immutable.same(role.structure(), role.old());
  }

  private static void roleRefKept(ValidatedObject binding) {
    ValidatedObject role = binding.childOrEmpty("roleRef");
    if (isChanged(role)) {
      binding.add(
          FieldError.invalid(
              role.path(),
              GoForm.titled(role, "apiGroup=APIGroup", "kind=Kind", "name=Name"),
              "field is immutable"));
    }
  }
}
