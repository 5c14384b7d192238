package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules of the claims for storage that each pod of a stateful set gets.
final class ClaimTemplateRules {
  private static final String CLAIM = "PersistentVolumeClaim";
  private static final String FIELD = "volumeClaimTemplates";

  private ClaimTemplateRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "claimTemplates", ClaimTemplateRules::ofNewSet,
        "claimTemplatesKept", ClaimTemplateRules::kept);
  }

  /// Kept as they are by updates, so only those of new sets are refused.
  private static void ofNewSet(ValidatedObject spec) {
    if (spec.old() == null) {
      spec.items(FIELD)
          .forEach(claim -> claim.check("spec", "api.core.v1.PersistentVolumeClaimSpec"));
    }
  }

  private static boolean same(JsonArray claims, @Nullable JsonArray old) {
    JsonArray before = old == null ? new JsonArray() : old;
    return InternalForms.same(CLAIM, claims, before);
  }

  private static void kept(ValidatedObject set) {
    ValidatedObject spec = set.childOrEmpty("spec");
    JsonObject old = spec.old();
    if (!same(spec.structure().arrayOrEmpty(FIELD), old == null ? null : old.array(FIELD))) {
      JsonArray claims = InternalForms.items(CLAIM, spec.structure().arrayOrEmpty(FIELD));
      Json empty = spec.structure().omitted(FIELD) == null ? Json.NULL : claims;
      Json shown = claims.isEmpty() ? empty : claims;
      spec.add(FieldError.invalid(spec.path(FIELD), shown, Immutable.MESSAGE));
    }
  }
}
