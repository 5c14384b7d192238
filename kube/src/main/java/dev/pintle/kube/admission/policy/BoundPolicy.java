package dev.pintle.kube.admission.policy;

import dev.pintle.kube.admission.match.MatchCriteria;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A policy that at least one binding puts in force.
///
/// @param spec of the policy
/// @param constraints what it is about
/// @param program its expressions, compiled when they are asked for
/// @param bindings in the order of their names
record BoundPolicy<P>(
    String name,
    JsonObject spec,
    MatchCriteria constraints,
    CompiledPolicy<P> program,
    List<PolicyBinding> bindings) {
  BoundPolicy {
    bindings = List.copyOf(bindings);
  }

  /// Whether failures to evaluate it are as good as if it were not there.
  boolean ignoresFailures() {
    return "Ignore".equals(spec.text("failurePolicy"));
  }

  /// The kind of parameters; null when it has none.
  @Nullable JsonObject paramKind() {
    return spec.object("paramKind");
  }
}
