package dev.pintle.kube.validation;

import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The surroundings that the rules of a pod's containers depend on.
///
/// @param spec of the pod
/// @param volumes those that are valid, by name
/// @param claims names of the resource claims
record PodContext(ValidatedObject spec, Map<String, JsonObject> volumes, Set<String> claims) {

  static PodContext of(ValidatedObject spec, Map<String, JsonObject> volumes) {
    Set<String> claims = new HashSet<>();
    spec.items("resourceClaims").forEach(claim -> claims.add(claim.text("name")));
    claims.remove("");
    return new PodContext(spec, volumes, claims);
  }

  boolean usesHostUsers() {
    return !spec.isFalse("hostUsers");
  }

  String restartPolicy() {
    return spec.text("restartPolicy");
  }
}
