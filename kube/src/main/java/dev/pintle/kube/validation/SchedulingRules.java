package dev.pintle.kube.validation;

import dev.pintle.kube.format.DataKeys;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.GoNumbers;
import dev.pintle.kube.object.GoText;
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
  private static final String SELECTED_TWICE = "exists in both matchLabelKeys and labelSelector";
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
      case "Lt", "Gt" -> comparison(toleration, value);
      default -> toleration.notSupported("operator", "Equal", "Exists");
    }
  }

  private static void comparison(ValidatedObject toleration, String value) {
    if (!OldFaults.inPod(toleration.context(), PodFault.COMPARING_TOLERATION)) {
      toleration.notSupported("operator", "Equal", "Exists", "Lt", "Gt");
      return;
    }
    toleration.invalid("value", DataKeys.wholeNumber(value));
    try {
      GoNumbers.parseInt(value);
    } catch (NumberFormatException _) {
      toleration.invalidText(
          "value",
          "strconv.ParseInt: parsing %s: %s"
              .formatted(GoText.quote(value), GoText.notANumber(value)));
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
        term.add(FieldError.invalid(path, Json.of(key), SELECTED_TWICE));
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
      if (OldFaults.inPod(spec.context(), PodFault.SPREAD_KEYS)) {
        spreadKeysOfOld(constraint);
      } else {
        matchLabelKeys(constraint);
      }
      ValidatedObject selector = constraint.child("labelSelector");
      if (selector != null
          && !Labels.isValidSelector(spec.context(), selector.structure())
          && !OldFaults.inSpreading(spec.context())) {
        Labels.checkSelector(selector);
      }
    }
  }

  /// Whether pods are spread by keys that new ones may not be spread by.
  static boolean hasBadSpreadKeys(ValidationContext context, JsonObject pod) {
    FieldErrorList findings = new FieldErrorList();
    ValidationContext apart =
        new ValidationContext(context.type(), context.object(), null, Rules.NONE, findings);
    ValidatedObject spec = new ValidatedObject(apart, FieldPath.ROOT, pod, null);
    return !findings
        .of(() -> spec.items("topologySpreadConstraints").forEach(SchedulingRules::matchLabelKeys))
        .isEmpty();
  }

  /// As the keys were looked at before the server added them to the selector.
  private static void spreadKeysOfOld(ValidatedObject constraint) {
    List<String> keys = constraint.texts("matchLabelKeys");
    if (keys.isEmpty()) {
      return;
    }
    FieldPath path = constraint.path("matchLabelKeys");
    if (!constraint.has("labelSelector")) {
      constraint.forbidden("matchLabelKeys", NEEDS_SELECTOR);
    }
    ValidatedObject selector = constraint.childOrEmpty("labelSelector");
    Set<String> selected = new HashSet<>();
    selector.map("matchLabels").forEach(label -> selected.add(label.name()));
    selector.items("matchExpressions").forEach(by -> selected.add(by.text("key")));
    for (int i = 0; i < keys.size(); i++) {
      Labels.checkKey(keys.get(i), path.index(i), constraint);
      if (selected.contains(keys.get(i))) {
        constraint.add(FieldError.invalid(path.index(i), Json.of(keys.get(i)), SELECTED_TWICE));
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
