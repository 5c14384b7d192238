package dev.pintle.kube.quota;

import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A condition under which a quota counts an object.
///
/// @param name such as `BestEffort` or `PriorityClass`
/// @param operator `Exists`, `DoesNotExist`, `In` or `NotIn`
/// @param any the values, to look one up: there may be as many as a quota has room for
record QuotaScope(String name, String operator, List<String> values, Set<String> any) {
  static final String EXISTS = "Exists";

  QuotaScope(String name, String operator, List<String> values) {
    this(name, operator, List.copyOf(values), new HashSet<>(values));
  }

  /// All those of a quota, each of which must hold.
  static List<QuotaScope> of(JsonObject spec) {
    List<QuotaScope> scopes = new ArrayList<>();
    spec.texts("scopes").forEach(name -> scopes.add(new QuotaScope(name, EXISTS, List.of())));
    for (JsonObject one : spec.objectOrEmpty("scopeSelector").objects("matchExpressions")) {
      scopes.add(read(one));
    }
    return scopes;
  }

  static QuotaScope read(JsonObject requirement) {
    return new QuotaScope(
        requirement.textOrEmpty("scopeName"),
        requirement.textOrEmpty("operator"),
        requirement.texts("values"));
  }

  /// Whether it holds of an object that names `names`.
  boolean selects(Set<String> names) {
    return switch (operator) {
      case EXISTS -> !names.isEmpty();
      case "DoesNotExist" -> names.isEmpty();
      case "In" -> names.stream().anyMatch(any::contains);
      case "NotIn" -> names.isEmpty() || names.stream().anyMatch(name -> !any.contains(name));
      default -> false;
    };
  }

  /// As Go prints it.
  @Override
  public String toString() {
    return "{%s %s [%s]}".formatted(name, operator, String.join(" ", values));
  }
}
