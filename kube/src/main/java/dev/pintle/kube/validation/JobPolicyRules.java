package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules of when a job has failed or succeeded, and when its pods are replaced.
final class JobPolicyRules {
  private static final int RULES_MAX = 20;
  private static final int EXIT_CODES_MAX = 255;
  private static final int INDEXES_BYTES_MAX = 64 * 1024;
  private static final List<String> ACTIONS = List.of("Count", "FailIndex", "FailJob", "Ignore");

  private JobPolicyRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "podFailurePolicy", JobPolicyRules::podFailurePolicy,
        "successPolicy", JobPolicyRules::successPolicy,
        "podReplacementPolicy", JobPolicyRules::podReplacementPolicy);
  }

  private static void tooMany(ValidatedObject place, String field, int most) {
    if (place.count(field) > most) {
      place.add(FieldError.tooMany(place.path(field), place.count(field), most));
    }
  }

  private static void podFailurePolicy(ValidatedObject spec) {
    ValidatedObject policy = spec.child("podFailurePolicy");
    if (policy == null) {
      return;
    }
    tooMany(policy, "rules", RULES_MAX);
    ValidatedObject podSpec = spec.childOrEmpty("template").childOrEmpty("spec");
    Set<String> containers = new HashSet<>();
    podSpec.items("containers").forEach(container -> containers.add(container.text("name")));
    podSpec.items("initContainers").forEach(container -> containers.add(container.text("name")));
    for (ValidatedObject rule : policy.items("rules")) {
      action(rule, spec.has("backoffLimitPerIndex"));
      ValidatedObject exitCodes = rule.child("onExitCodes");
      if (exitCodes != null) {
        exitCodes(exitCodes, containers);
      }
      podConditions(rule);
      if (exitCodes != null && rule.count("onPodConditions") > 0) {
        refuse(rule, "specifying both OnExitCodes and OnPodConditions is not supported");
      } else if (exitCodes == null && rule.count("onPodConditions") == 0) {
        refuse(rule, "specifying one of OnExitCodes and OnPodConditions is required");
      }
    }
  }

  private static void refuse(ValidatedObject rule, String detail) {
    rule.add(FieldError.invalid(rule.path(), null, detail));
  }

  private static void action(ValidatedObject rule, boolean limitPerIndex) {
    String action = rule.text("action");
    if (action.isEmpty()) {
      rule.required("action", "valid values: [\"Count\" \"FailIndex\" \"FailJob\" \"Ignore\"]");
    } else if (action.equals("FailIndex")) {
      if (!limitPerIndex) {
        rule.invalid("action", "requires the backoffLimitPerIndex to be set");
      }
    } else if (!ACTIONS.contains(action)) {
      rule.notSupported("action", ACTIONS.toArray(String[]::new));
    }
  }

  private static void podConditions(ValidatedObject rule) {
    tooMany(rule, "onPodConditions", RULES_MAX);
    for (ValidatedObject pattern : rule.items("onPodConditions")) {
      pattern.invalid("type", Formats.qualifiedName(pattern.text("type")));
      switch (pattern.text("status")) {
        case "" -> pattern.required("status", "valid values: [\"False\" \"True\" \"Unknown\"]");
        case "False", "True", "Unknown" -> {}
        default -> pattern.notSupported("status", "False", "True", "Unknown");
      }
    }
  }

  private static void exitCodes(ValidatedObject requirement, Set<String> containers) {
    switch (requirement.text("operator")) {
      case "" -> requirement.required("operator", "valid values: [\"In\" \"NotIn\"]");
      case "In", "NotIn" -> {}
      default -> requirement.notSupported("operator", "In", "NotIn");
    }
    if (requirement.has("containerName")
        && !containers.contains(requirement.text("containerName"))) {
      requirement.invalid(
          "containerName",
          "must be one of the container or initContainer names in the pod template");
    }
    if (requirement.count("values") == 0) {
      requirement.invalid("values", "at least one value is required");
    }
    tooMany(requirement, "values", EXIT_CODES_MAX);
    JsonArray values = requirement.structure().array("values");
    if (values != null) {
      exitCodeValues(requirement, values);
    }
  }

  private static void exitCodeValues(ValidatedObject requirement, JsonArray values) {
    boolean ordered = true;
    Set<Json> seen = new HashSet<>();
    long previous = Long.MIN_VALUE;
    for (int i = 0; i < values.size(); i++) {
      FieldPath path = requirement.path("values").index(i);
      long code = values.at(i) instanceof Json.Whole(var number) ? number : 0;
      if (code == 0 && requirement.text("operator").equals("In")) {
        requirement.add(
            FieldError.invalid(path, Json.of(code), "must not be 0 for the In operator"));
      }
      if (!seen.add(values.at(i))) {
        requirement.add(FieldError.duplicate(path, Json.of(code)));
      }
      ordered &= previous <= code;
      previous = code;
    }
    if (!ordered) {
      requirement.invalid("values", "must be ordered");
    }
  }

  private static void successPolicy(ValidatedObject spec) {
    ValidatedObject policy = spec.child("successPolicy");
    if (policy == null) {
      return;
    }
    if (!spec.text("completionMode").equals("Indexed")) {
      Json shown = InternalForms.of("SuccessPolicy", policy.structure());
      spec.add(FieldError.invalid(policy.path(), shown, "requires indexed completion mode"));
      return;
    }
    if (policy.count("rules") == 0) {
      policy.required(
          "rules", "at least one rules must be specified when the successPolicy is specified");
    }
    tooMany(policy, "rules", RULES_MAX);
    for (ValidatedObject rule : policy.items("rules")) {
      successRule(rule, spec.number("completions"));
    }
  }

  private static void successRule(ValidatedObject rule, long completions) {
    if (!rule.has("succeededCount") && !rule.has("succeededIndexes")) {
      String detail = "at least one of succeededCount or succeededIndexes must be specified";
      rule.add(FieldError.required(rule.path(), detail));
    }
    long indexes = 0;
    if (rule.has("succeededIndexes")) {
      if (Formats.bytes(rule.text("succeededIndexes")) > INDEXES_BYTES_MAX) {
        rule.add(FieldError.tooLong(rule.path("succeededIndexes"), INDEXES_BYTES_MAX));
      }
      JobIndexes parsed = JobIndexes.parse(rule.text("succeededIndexes"), completions);
      if (!parsed.complaint().isEmpty()) {
        rule.invalid("succeededIndexes", "error parsing succeededIndexes: " + parsed.complaint());
      }
      indexes = parsed.count();
    }
    if (rule.has("succeededCount")) {
      rule.notNegative("succeededCount");
      countAtMost(rule, completions, "the number of specified completions");
      if (rule.has("succeededIndexes")) {
        countAtMost(rule, indexes, "the number of indexes in the specified succeededIndexes field");
      }
    }
  }

  private static void countAtMost(ValidatedObject rule, long most, String what) {
    if (rule.number("succeededCount") > most) {
      rule.invalid("succeededCount", "must be less than or equal to %d (%s)".formatted(most, what));
    }
  }

  private static void podReplacementPolicy(ValidatedObject spec) {
    if (!spec.has("podReplacementPolicy")) {
      return;
    }
    String policy = spec.text("podReplacementPolicy");
    if (spec.has("podFailurePolicy")) {
      if (!policy.equals("Failed")) {
        spec.notSupported("podReplacementPolicy", "Failed");
      }
    } else if (!policy.equals("Failed") && !policy.equals("TerminatingOrFailed")) {
      spec.notSupported("podReplacementPolicy", "Failed", "TerminatingOrFailed");
    }
  }
}
