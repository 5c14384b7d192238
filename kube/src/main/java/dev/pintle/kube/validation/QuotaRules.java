package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Rules of budgets of a namespace: what they bound, by how much, and which objects they are of.
final class QuotaRules {
  private static final Set<String> OF_PODS =
      Set.of(
          "pods",
          "cpu",
          "memory",
          "limits.cpu",
          "limits.memory",
          "requests.cpu",
          "requests.memory");
  private static final Set<String> OF_CLAIMS = Set.of("persistentvolumeclaims", "requests.storage");

  private static final String MISAPPLIED = "unsupported scope applied to resource";
  private static final String SET_AND_NOTHING_MORE =
      "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";

  private QuotaRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "hardOfQuota", spec -> amounts(spec, "hard"),
        "usedOfQuota", status -> amounts(status, "used"),
        "scopes", QuotaRules::scopes,
        "scopeSelector", QuotaRules::scopeSelector,
        "scopesKept", QuotaRules::scopesKept);
  }

  private static void amounts(ValidatedObject structure, String field) {
    for (JsonObject.Field amount : structure.map(field)) {
      FieldPath path = structure.path(field).key(amount.name());
      ResourceNameRules.checkNameOfQuota(amount.name(), path, structure);
      ResourceNameRules.checkValue(amount.name(), amount.value(), path, structure);
    }
  }

  /// Each kind of error is told once, however often a client wrote its cause: the whole list is its value.
  private static void scopes(ValidatedObject spec) {
    FieldPath path = spec.path("scopes");
    Json shown = spec.shown("scopes");
    Set<String> seen = new HashSet<>();
    boolean unknown = false;
    for (String scope : spec.texts("scopes")) {
      if (!isKnown(scope) && !unknown) {
        spec.add(FieldError.invalid(path, shown, "unsupported scope"));
        unknown = true;
      }
      if (seen.add(scope) && isKnown(scope) && isMisapplied(spec, scope)) {
        spec.add(FieldError.invalid(path, shown, MISAPPLIED));
      }
    }
    contradictions(spec, seen, path);
  }

  private static void scopeSelector(ValidatedObject spec) {
    ValidatedObject selector = spec.child("scopeSelector");
    if (selector == null) {
      return;
    }
    FieldPath path = selector.path("matchExpressions");
    Set<String> seen = new HashSet<>();
    for (ValidatedObject requirement : selector.items("matchExpressions")) {
      String scope = requirement.text("scopeName");
      if (!isKnown(scope)) {
        spec.add(FieldError.invalidWord(path.child("scopeName"), scope, "unsupported scope"));
      }
      if (seen.add(scope) && isKnown(scope) && isMisapplied(spec, scope)) {
        spec.add(FieldError.invalid(path, shown(selector), MISAPPLIED));
      }
      operator(requirement, scope, path);
    }
    contradictions(spec, seen, path);
  }

  /// Whether the budget bounds something that objects of the scope have none of.
  private static boolean isMisapplied(ValidatedObject spec, String scope) {
    for (JsonObject.Field amount : spec.map("hard")) {
      if (ResourceNameRules.isOfQuota(amount.name()) && !applies(scope, amount.name())) {
        return true;
      }
    }
    return false;
  }

  private static void contradictions(ValidatedObject spec, Set<String> scopes, FieldPath path) {
    for (String scope : List.of("BestEffort", "Terminating")) {
      if (scopes.contains(scope) && scopes.contains("Not" + scope)) {
        spec.add(FieldError.invalid(path, spec.shown("scopes"), "conflicting scopes"));
      }
    }
  }

  /// Errors place it under the list, not under its item.
  private static void operator(ValidatedObject requirement, String scope, FieldPath path) {
    String operator = requirement.text("operator");
    if (isSimple(scope) && !operator.equals("Exists")) {
      requirement.add(
          FieldError.invalidWord(path.child("operator"), operator, SET_AND_NOTHING_MORE));
    }
    switch (operator) {
      case "In", "NotIn" -> {
        if (requirement.count("values") == 0) {
          requirement.add(
              FieldError.required(
                  path.child("values"),
                  "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector"));
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (requirement.count("values") > 0) {
          requirement.add(
              FieldError.invalid(
                  path.child("values"),
                  requirement.shown("values"),
                  "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector"));
        }
      }
      default ->
          requirement.add(
              FieldError.invalidWord(
                  path.child("operator"), operator, "not a valid selector operator"));
    }
  }

  private static Json shown(ValidatedObject selector) {
    JsonArray requirements = new JsonArray();
    for (ValidatedObject requirement : selector.items("matchExpressions")) {
      requirements.add(
          GoForm.titled(requirement, "scopeName=ScopeName", "operator=Operator")
              .set("Values", requirement.shown("values")));
    }
    return new JsonObject()
        .set(
            "MatchExpressions", selector.has("matchExpressions") ? requirements : (Json) Json.NULL);
  }

  private static void scopesKept(ValidatedObject quota) {
    ValidatedObject spec = quota.childOrEmpty("spec");
    if (!new TreeSet<>(spec.texts("scopes")).equals(before(spec.old()))) {
      Json scopes = spec.structure().given("scopes");
      spec.add(
          FieldError.invalid(
              spec.path("scopes"), scopes == null ? Json.NULL : scopes, Immutable.MESSAGE));
    }
  }

  private static Set<String> before(@Nullable JsonObject old) {
    return old == null ? Set.of() : new TreeSet<>(old.texts("scopes"));
  }

  private static boolean isKnown(String scope) {
    return isSimple(scope)
        || scope.equals("PriorityClass")
        || scope.equals("VolumeAttributesClass");
  }

  /// A scope that an object has or has not, without values.
  private static boolean isSimple(String scope) {
    return switch (scope) {
      case "Terminating",
          "NotTerminating",
          "BestEffort",
          "NotBestEffort",
          "CrossNamespacePodAffinity" ->
          true;
      default -> false;
    };
  }

  private static boolean applies(String scope, String resource) {
    return switch (scope) {
      case "BestEffort" -> resource.equals("pods");
      case "VolumeAttributesClass" -> OF_CLAIMS.contains(resource);
      default -> OF_PODS.contains(resource);
    };
  }
}
