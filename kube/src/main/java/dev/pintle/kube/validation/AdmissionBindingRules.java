package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules of what binds a policy of admission to parameters and requests.
final class AdmissionBindingRules {
  private static final String ONE_OF_BOTH = "name and selector are mutually exclusive";

  private AdmissionBindingRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "paramRef", AdmissionBindingRules::paramRef,
        "validationActions", AdmissionBindingRules::actions,
        "staticName", AdmissionBindingRules::staticName);
  }

  /// Names that configurations in files have cannot be taken.
  private static void staticName(ValidatedObject object) {
    ValidatedObject metadata = object.childOrEmpty("metadata");
    if (metadata.text("name").endsWith(".static.k8s.io")) {
      metadata.invalid(
          "name",
          "names ending with \".static.k8s.io\" are reserved for static manifest-based configurations and cannot be managed via the API");
    }
  }

  private static void paramRef(ValidatedObject spec) {
    ValidatedObject reference = spec.child("paramRef");
    if (reference == null) {
      return;
    }
    boolean named = !reference.text("name").isEmpty();
    ValidatedObject selector = reference.child("selector");
    if (named) {
      reference.invalid("name", Formats.pathSegment(reference.text("name")));
    }
    if (named && selector != null) {
      reference.forbidden("name", ONE_OF_BOTH);
    }
    if (selector != null) {
      Labels.checkSelector(selector);
    }
    if (named && selector != null) {
      reference.forbidden("selector", ONE_OF_BOTH);
    }
    if (!named && selector == null) {
      reference.add(
          FieldError.required(reference.path(), "one of name or selector must be specified"));
    }
    String action = reference.text("parameterNotFoundAction");
    if (action.isEmpty()) {
      reference.required("parameterNotFoundAction", "");
    } else if (!action.equals("Deny") && !action.equals("Allow")) {
      reference.notSupported("parameterNotFoundAction", "Deny", "Allow");
    }
  }

  private static void actions(ValidatedObject spec) {
    List<String> actions = spec.texts("validationActions");
    FieldPath path = spec.path("validationActions");
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < actions.size(); i++) {
      Json action = Json.of(actions.get(i));
      List<String> known = List.of("Audit", "Deny", "Warn");
      if (!known.contains(actions.get(i))) {
        spec.add(FieldError.notSupported(path.index(i), action, known).asWord());
      }
      if (!seen.add(actions.get(i))) {
        spec.add(FieldError.duplicate(path.index(i), action).asWord());
      }
    }
    if (seen.contains("Deny") && seen.contains("Warn")) {
      spec.invalid(
          "validationActions",
          "must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)");
    }
  }
}
