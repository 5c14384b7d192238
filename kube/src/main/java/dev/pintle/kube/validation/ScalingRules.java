package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.quantity.Quantity;

/// The rules of how fast an autoscaler scales, up and down.
final class ScalingRules {
  private static final int WINDOW_SECONDS_MAX = 3_600;
  private static final int PERIOD_SECONDS_MAX = 1_800;

  private ScalingRules() {}

  static void check(ValidatedObject behavior) {
    for (String direction : new String[] {"scaleUp", "scaleDown"}) {
      if (behavior.child(direction) instanceof ValidatedObject rules) {
        rules(rules);
      }
    }
  }

  private static void rules(ValidatedObject rules) {
    if (rules.number("stabilizationWindowSeconds") < 0) {
      rules.invalid("stabilizationWindowSeconds", "must be greater than or equal to zero");
    }
    atMost(rules, "stabilizationWindowSeconds", WINDOW_SECONDS_MAX);
    if (rules.has("selectPolicy")) {
      switch (rules.text("selectPolicy")) {
        case "Disabled", "Max", "Min" -> {}
        default -> rules.notSupported("selectPolicy", "Disabled", "Max", "Min");
      }
    }
    if (rules.count("policies") == 0) {
      rules.required("policies", "must specify at least one Policy");
    }
    rules.items("policies").forEach(ScalingRules::policy);
    Quantity tolerance = ResourceNameRules.quantity(rules.value("tolerance"));
    if (tolerance != null && tolerance.sign() < 0) {
      rules.add(
          FieldError.invalid(
              rules.path("tolerance"),
              Json.of(tolerance.toString()),
              "must be greater than or equal to 0"));
    }
  }

  private static void atMost(ValidatedObject structure, String field, int most) {
    if (structure.number(field) > most) {
      structure.invalid(field, "must be less than or equal to %d".formatted(most));
    }
  }

  private static void policy(ValidatedObject policy) {
    switch (policy.text("type")) {
      case "Percent", "Pods" -> {}
      default -> policy.notSupported("type", "Percent", "Pods");
    }
    positive(policy, "value");
    positive(policy, "periodSeconds");
    atMost(policy, "periodSeconds", PERIOD_SECONDS_MAX);
  }

  private static void positive(ValidatedObject policy, String field) {
    if (policy.number(field) <= 0) {
      policy.add(
          FieldError.invalid(
              policy.path(field), Json.of(policy.number(field)), "must be greater than zero"));
    }
  }
}
