package dev.pintle.kube.admission.policy;

import dev.pintle.kube.admission.match.MatchCriteria;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A binding of a policy of admission: where it applies, with which parameters, and what follows.
///
/// @param criteria where it applies; null for wherever its policy does
/// @param paramRef which parameters it names; null for none
/// @param actions what follows when a validation fails
/// @param selected parameters found by their labels, remembered as long as none changes
record PolicyBinding(
    String name,
    @Nullable MatchCriteria criteria,
    @Nullable JsonObject paramRef,
    List<String> actions,
    SelectedParams selected) {
  /// @param found of all bindings
  static PolicyBinding of(String name, JsonObject spec, FoundParams found) {
    JsonObject resources = spec.object("matchResources");
    return new PolicyBinding(
        name,
        resources == null ? null : MatchCriteria.ofPolicy(resources),
        spec.object("paramRef"),
        spec.texts("validationActions"),
        new SelectedParams(found));
  }
}
