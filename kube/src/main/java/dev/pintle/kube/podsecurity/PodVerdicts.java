package dev.pintle.kube.podsecurity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The texts to be told of one pod under each policy that is asked for, found once each.
final class PodVerdicts {
  private final PodUnderCheck pod;
  private final Map<LevelVersion, String> known = new HashMap<>(4);

  PodVerdicts(PodUnderCheck pod) {
    this.pod = pod;
  }

  /// The policy and how the pod violates it; empty when it does not.
  String told(LevelVersion policy) {
    return known.computeIfAbsent(policy, this::find);
  }

  private String find(LevelVersion policy) {
    List<PodViolation> violations = PodChecks.violations(policy, pod);
    return violations.isEmpty()
        ? ""
        : "PodSecurity \"%s\": %s".formatted(policy, PodChecks.details(violations));
  }
}
