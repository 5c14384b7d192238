package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import java.util.Map;

/// The rules of objects that taint devices.
final class TaintRules {
  private static final int CONDITIONS_MAX = 8;

  private TaintRules() {}

  static Map<String, NamedRule> all() {
    return Map.of("taintRule", TaintRules::rule, "taintRuleStatus", TaintRules::status);
  }

  private static void rule(ValidatedObject spec) {
    if (spec.child("deviceSelector") instanceof ValidatedObject selector) {
      if (selector.has("driver")) {
        CsiRules.driverName(selector, "driver");
      }
      if (selector.has("pool")) {
        DeviceNames.pool(selector, "pool");
      }
      if (selector.has("device")) {
        selector.invalid("device", Formats.dns1123Label(selector.text("device")));
      }
    }
    taint(spec.childOrEmpty("taint"));
  }

  /// What a taint is called, of one device or of all that a rule selects.
  static void taint(ValidatedObject taint) {
    Labels.checkKey(taint.text("key"), taint.path("key"), taint);
    taint.invalid("value", Formats.labelValue(taint.text("value")));
  }

  private static void status(ValidatedObject rule) {
    ValidatedObject status = rule.childOrEmpty("status");
    ConditionRules.check(status, "conditions");
    int conditions = status.count("conditions");
    if (conditions > CONDITIONS_MAX) {
      status.add(FieldError.tooMany(status.path("conditions"), conditions, CONDITIONS_MAX));
    }
  }
}
