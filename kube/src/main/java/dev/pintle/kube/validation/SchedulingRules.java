package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules of where pods may run.
final class SchedulingRules {
  private static final String NEEDS_SELECTOR =
      "must not be specified when labelSelector is not set";
  private static final String NO_OPERATOR = "not a valid selector operator";

  private SchedulingRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "toleration", SchedulingRules::toleration,
        "weight", SchedulingRules::weight,
        "nodeRequirement", SchedulingRules::nodeRequirement,
        "nodeFieldRequirement", SchedulingRules::nodeFieldRequirement,
        "affinityNamespaces", SchedulingRules::affinityNamespaces,
        "matchLabelKeys", SchedulingRules::matchLabelKeys,
        "spreadConstraints", SchedulingRules::spreadConstraints);
  }

  private static void toleration(ValidatedObject toleration) {
    String key = toleration.text("key");
    String operator = toleration.text("operator");
    if (!key.isEmpty()) {
      Labels.checkKey(key, toleration.path("key"), toleration);
    } else if (!operator.equals("Exists")) {
      toleration.invalidText(
          "operator",
          "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
    }
    if (toleration.has("tolerationSeconds") && !toleration.text("effect").equals("NoExecute")) {
      toleration.invalidText(
          "effect", "effect must be 'NoExecute' when `tolerationSeconds` is set");
    }
    operator(toleration, operator);
  }

  private static void operator(ValidatedObject toleration, String operator) {
    String value = toleration.text("value");
    FieldPath path = toleration.path("operator");
    switch (operator) {
      case "", "Equal" -> {
        List<String> complaints = Formats.labelValue(value);
        if (!complaints.isEmpty()) {
          toleration.add(FieldError.invalid(path, Json.of(value), String.join(";", complaints)));
        }
      }
      case "Exists" -> {
        if (!value.isEmpty()) {
          String detail = "value must be empty when `operator` is 'Exists'";
          toleration.add(FieldError.invalid(path, Json.of(value), detail));
        }
      }
      case "Lt", "Gt" -> toleration.notSupported("operator", "Equal", "Exists", "Lt", "Gt");
      default -> toleration.notSupported("operator", "Equal", "Exists");
    }
  }

  private static void weight(ValidatedObject term) {
    long weight = term.number("weight");
    if (weight <= 0 || weight > 100) {
      term.add(
          FieldError.invalid(term.path("weight"), Json.of(weight), "must be in the range 1-100"));
    }
  }

  private static void nodeRequirement(ValidatedObject requirement) {
    int values = requirement.count("values");
    switch (requirement.text("operator")) {
      case "In", "NotIn" -> {
        if (values == 0) {
          requirement.required("values", "must be specified when `operator` is 'In' or 'NotIn'");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (values > 0) {
          requirement.forbidden(
              "values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      case "Gt", "Lt" -> {
        if (values != 1) {
          requirement.required(
              "values", "must be specified single value when `operator` is 'Lt' or 'Gt'");
        }
      }
      default -> requirement.invalidWord("operator", NO_OPERATOR);
    }
    Labels.checkKey(requirement.text("key"), requirement.path("key"), requirement);
    // Preferences may name values that no label can have.
    if (!Labels.areFine(requirement)
        && !requirement.path().toString().contains(".preference.")
        && !OldFaults.inNodeSelectors(requirement.context())) {
      Labels.checkValues(requirement);
    }
  }

  private static void nodeFieldRequirement(ValidatedObject requirement) {
    switch (requirement.text("operator")) {
      case "In", "NotIn" -> {
        if (requirement.count("values") != 1) {
          requirement.required(
              "values",
              "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
        }
      }
      default -> requirement.invalidWord("operator", NO_OPERATOR);
    }
    if (!requirement.text("key").equals("metadata.name")) {
      requirement.invalidText("key", "not a valid field selector key");
      return;
    }
    List<String> values = requirement.texts("values");
    for (int i = 0; i < values.size(); i++) {
      for (String complaint : Formats.dns1123Subdomain(values.get(i))) {
        requirement.add(
            FieldError.invalid(
                requirement.path("values").index(i), Json.of(values.get(i)), complaint));
      }
    }
  }

  private static void affinityNamespaces(ValidatedObject term) {
    for (String namespace : term.texts("namespaces")) {
      for (String complaint : Formats.dns1123Label(namespace)) {
        term.add(FieldError.invalid(term.path("namespace"), Json.of(namespace), complaint));
      }
    }
  }

  static void matchLabelKeys(ValidatedObject term) {
    keys(term, "matchLabelKeys");
    keys(term, "mismatchLabelKeys");
    selectedTwice(term);
    List<String> matched = term.texts("matchLabelKeys");
    Set<String> mismatched = new HashSet<>(term.texts("mismatchLabelKeys"));
    for (int i = 0; i < matched.size(); i++) {
      if (mismatched.contains(matched.get(i))) {
        String detail = "exists in both matchLabelKeys and mismatchLabelKeys";
        FieldPath path = term.path("matchLabelKeys").index(i);
        term.add(FieldError.invalid(path, Json.of(matched.get(i)), detail));
      }
    }
  }

  private static void keys(ValidatedObject term, String field) {
    List<String> keys = term.texts(field);
    if (keys.isEmpty()) {
      return;
    }
    if (!term.has("labelSelector")) {
      term.forbidden(field, NEEDS_SELECTOR);
      return;
    }
    for (int i = 0; i < keys.size(); i++) {
      Labels.checkKey(keys.get(i), term.path(field).index(i), term);
    }
  }

  /// The server adds the keys to the selector, so it may not have them by itself already.
  private static void selectedTwice(ValidatedObject term) {
    List<String> keys = term.texts("matchLabelKeys");
    ValidatedObject selector = term.child("labelSelector");
    if (keys.isEmpty() || selector == null) {
      return;
    }
    Map<String, Integer> added = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      added.put(keys.get(i), i);
    }
    Set<String> selected = new HashSet<>();
    for (JsonObject.Field label : selector.map("matchLabels")) {
      selected.add(label.name());
    }
    for (ValidatedObject expression : selector.items("matchExpressions")) {
      String key = expression.text("key");
      Integer at = added.get(key);
      if (at != null && selected.contains(key)) {
        FieldPath path = term.path().index(at);
        term.add(
            FieldError.invalid(
                path, Json.of(key), "exists in both matchLabelKeys and labelSelector"));
      }
      selected.add(key);
    }
  }

  private static void spreadConstraints(ValidatedObject spec) {
    List<ValidatedObject> constraints = spec.items("topologySpreadConstraints");
    Map<String, Integer> last = new HashMap<>();
    for (int i = 0; i < constraints.size(); i++) {
      last.put(pair(constraints.get(i)), i);
    }
    for (int i = 0; i < constraints.size(); i++) {
      ValidatedObject constraint = constraints.get(i);
      spec.context().rules().check("api.core.v1.TopologySpreadConstraint", constraint);
      if (last.getOrDefault(pair(constraint), i) > i) {
        repeated(constraint);
      }
      minDomains(constraint);
      for (String field : List.of("nodeAffinityPolicy", "nodeTaintsPolicy")) {
        if (constraint.has(field) && !List.of("Honor", "Ignore").contains(constraint.text(field))) {
          constraint.notSupported(field, "Honor", "Ignore");
        }
      }
      matchLabelKeys(constraint);
      ValidatedObject selector = constraint.child("labelSelector");
      if (selector != null
          && !Labels.isValidSelector(spec.context(), selector.structure())
          && !OldFaults.inSpreading(spec.context())) {
        Labels.checkSelector(selector);
      }
    }
  }

  /// What tells one constraint from another; of two alike the earlier one is told.
  private static String pair(ValidatedObject constraint) {
    return "{" + constraint.text("topologyKey") + ", " + constraint.text("whenUnsatisfiable") + "}";
  }

  private static void repeated(ValidatedObject constraint) {
    FieldPath path = constraint.path("{topologyKey, whenUnsatisfiable}");
    constraint.add(FieldError.duplicate(path, Json.of(pair(constraint))));
  }

  private static void minDomains(ValidatedObject constraint) {
    if (!constraint.has("minDomains")) {
      return;
    }
    if (constraint.number("minDomains") <= 0) {
      constraint.invalid("minDomains", "must be greater than zero");
    }
    String action = constraint.text("whenUnsatisfiable");
    if (!action.equals("DoNotSchedule")) {
      constraint.invalid(
          "minDomains",
          "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not " + action);
    }
  }
}
