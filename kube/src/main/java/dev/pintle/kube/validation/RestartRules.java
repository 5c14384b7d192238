package dev.pintle.kube.validation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The rules of when a container of its own starts again, and whether it does when its resources change.
final class RestartRules {
  private static final int RULES_MAX = 20;
  private static final int EXIT_CODES_MAX = 255;

  private RestartRules() {}

  static void check(ValidatedObject container) {
    if (!container.has("restartPolicy")) {
      if (container.count("restartPolicyRules") > 0) {
        container.required(
            "restartPolicy", "must specify restartPolicy when restart rules are used");
        rules(container);
      }
      return;
    }
    switch (container.text("restartPolicy")) {
      case "Always", "Never", "OnFailure" -> {}
      default -> container.notSupported("restartPolicy", "Always", "Never", "OnFailure");
    }
    rules(container);
  }

  static void checkInitial(ValidatedObject container) {
    if (container.has("restartPolicy")) {
      check(container);
    } else if (container.count("restartPolicyRules") > 0) {
      container.required("restartPolicy", "must specify restartPolicy when restart rules are used");
    }
  }

  private static void rules(ValidatedObject container) {
    int count = container.count("restartPolicyRules");
    if (count > RULES_MAX) {
      container.add(FieldError.tooMany(container.path("restartPolicyRules"), count, RULES_MAX));
    }
    for (ValidatedObject rule : container.items("restartPolicyRules")) {
      switch (rule.text("action")) {
        case "Restart", "RestartAllContainers" -> {}
        default -> rule.notSupported("action", "Restart", "RestartAllContainers");
      }
      ValidatedObject codes = rule.child("exitCodes");
      if (codes == null) {
        rule.required("exitCodes", "must be specified");
        continue;
      }
      switch (codes.text("operator")) {
        case "In", "NotIn" -> {}
        default -> codes.notSupported("operator", "In", "NotIn");
      }
      if (codes.count("values") > EXIT_CODES_MAX) {
        codes.add(FieldError.tooMany(codes.path("values"), codes.count("values"), EXIT_CODES_MAX));
      }
    }
  }

  /// Errors place most of this at the list.
  static void checkResize(ValidatedObject container, String podRestartPolicy) {
    Set<String> seen = new HashSet<>();
    FieldPath list = container.path("resizePolicy");
    for (ValidatedObject policy : container.items("resizePolicy")) {
      String resource = policy.text("resourceName");
      if (!seen.add(resource)) {
        policy.add(FieldError.duplicateWord(policy.path(), policy.text("resourceName")));
      }
      switch (resource) {
        case "cpu", "memory" -> {}
        case "" -> policy.add(FieldError.required(list, ""));
        default ->
            policy.add(
                FieldError.notSupportedWord(
                    list, policy.text("resourceName"), List.of("cpu", "memory")));
      }
      String restart = policy.text("restartPolicy");
      switch (restart) {
        case "NotRequired", "RestartContainer" -> {}
        case "" -> policy.add(FieldError.required(list, ""));
        default ->
            policy.add(
                FieldError.notSupportedWord(
                    list,
                    policy.text("restartPolicy"),
                    List.of("NotRequired", "RestartContainer")));
      }
      if (podRestartPolicy.equals("Never") && !restart.equals("NotRequired")) {
        String detail = "must be 'NotRequired' when pod `restartPolicy` is 'Never'";
        policy.add(FieldError.invalidWord(list, policy.text("restartPolicy"), detail));
      }
    }
  }
}
