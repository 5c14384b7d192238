package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules of which requests a webhook or a policy of admission is about.
final class AdmissionMatchRules {
  private static final String[] OPERATIONS = {"*", "CONNECT", "CREATE", "DELETE", "UPDATE"};
  private static final String[] MUTATING_OPERATIONS = {"*", "CONNECT", "CREATE", "UPDATE"};

  private AdmissionMatchRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "admissionRule", AdmissionMatchRules::withOperations,
        "namedAdmissionRule", AdmissionMatchRules::named,
        "mutatingOperations", AdmissionMatchRules::mutatingOperations);
  }

  private static void named(ValidatedObject rule) {
    List<String> names = rule.texts("resourceNames");
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      FieldPath path = rule.path("resourceNames").index(i);
      for (String complaint : Formats.pathSegment(names.get(i))) {
        rule.add(FieldError.invalid(path, Json.of(names.get(i)), complaint));
      }
      if (!seen.add(names.get(i))) {
        rule.add(FieldError.duplicate(path, Json.of(names.get(i))));
      }
    }
    withOperations(rule);
  }

  private static void withOperations(ValidatedObject rule) {
    requireAlone(rule, "operations", "if '*' is present, must not specify other operations");
    List<String> operations = rule.texts("operations");
    for (int i = 0; i < operations.size(); i++) {
      supported(rule, rule.path("operations").index(i), operations.get(i), OPERATIONS);
    }
    requireAlone(rule, "apiGroups", "if '*' is present, must not specify other API groups");
    requireAlone(rule, "apiVersions", "if '*' is present, must not specify other API versions");
    List<String> versions = rule.texts("apiVersions");
    for (int i = 0; i < versions.size(); i++) {
      if (versions.get(i).isEmpty()) {
        rule.add(FieldError.required(rule.path("apiVersions").index(i), ""));
      }
    }
    resources(rule);
    if (rule.has("scope") && !List.of("*", "Cluster", "Namespaced").contains(rule.text("scope"))) {
      rule.notSupported("scope", "*", "Cluster", "Namespaced");
    }
  }

  private static void supported(
      ValidatedObject reporter, FieldPath path, String value, String... supported) {
    if (!List.of(supported).contains(value)) {
      reporter.add(FieldError.notSupportedWord(path, value, List.of(supported)));
    }
  }

  /// A list that must not be empty, and of one item if that stands for everything.
  private static void requireAlone(ValidatedObject rule, String field, String detail) {
    List<String> values = rule.texts(field);
    if (values.isEmpty()) {
      rule.required(field, "");
    }
    if (values.size() > 1 && values.contains("*")) {
      rule.invalid(field, detail);
    }
  }

  private static void resources(ValidatedObject rule) {
    List<String> resources = rule.texts("resources");
    FieldPath path = rule.path("resources");
    if (resources.isEmpty()) {
      rule.required("resources", "");
    }
    Set<String> withAllParts = new HashSet<>();
    Set<String> partsOfAll = new HashSet<>();
    boolean plain = false;
    for (int i = 0; i < resources.size(); i++) {
      String resource = resources.get(i);
      int slash = resource.indexOf('/');
      if (resource.isEmpty()) {
        rule.add(FieldError.required(path.index(i), ""));
      } else if (slash < 0) {
        // The last one counts.
        plain = !resource.equals("*");
      } else {
        String whole = resource.substring(0, slash);
        String part = resource.substring(slash + 1);
        if (withAllParts.contains(whole)) {
          covered(rule, path.index(i), resource, whole + "/*");
        }
        if (partsOfAll.contains(part)) {
          covered(rule, path.index(i), resource, "*/" + part);
        }
        if (part.equals("*")) {
          withAllParts.add(whole);
        }
        if (whole.equals("*")) {
          partsOfAll.add(part);
        }
      }
    }
    if (resources.size() > 1 && resources.contains("*/*")) {
      rule.invalid("resources", "if '*/*' is present, must not specify other resources");
    }
    if (plain && resources.contains("*")) {
      rule.invalid(
          "resources", "if '*' is present, must not specify other resources without subresources");
    }
  }

  private static void covered(
      ValidatedObject rule, FieldPath path, String resource, String covering) {
    String detail = "if '%s' is present, must not specify %s".formatted(covering, resource);
    rule.add(FieldError.invalid(path, Json.of(resource), detail));
  }

  /// Only what creates or changes something can be changed itself; told of all rules at one place.
  private static void mutatingOperations(ValidatedObject match) {
    FieldPath path = match.path("resourceRules").child("operations");
    for (ValidatedObject rule : match.items("resourceRules")) {
      JsonArray operations = rule.structure().array("operations");
      if (operations != null) {
        rule.texts("operations")
            .forEach(operation -> supported(match, path, operation, MUTATING_OPERATIONS));
      }
    }
  }
}
