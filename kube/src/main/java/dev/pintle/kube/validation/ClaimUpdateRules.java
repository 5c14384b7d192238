package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules of what of a claim for storage may change: a bound one may ask for more, one without a volume gets it
/// once, and a class that was named formerly, or not at all, may be named.
final class ClaimUpdateRules {
  private static final String FORMER_CLASS = "volume.beta.kubernetes.io/storage-class";
  private static final String CLASS = "storageClassName";
  private static final String ATTRIBUTES = "volumeAttributesClassName";
  private static final String ONLY_THESE =
      "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";

  private ClaimUpdateRules() {}

  static Map<String, NamedRule> all() {
    return Map.of("changedClaim", ClaimUpdateRules::changedClaim);
  }

  private static void changedClaim(ValidatedObject claim) {
    JsonObject old = claim.old();
    if (old == null) {
      return;
    }
    ValidatedObject spec = claim.childOrEmpty("spec");
    JsonObject before = old.objectOrEmpty("spec").copy();
    JsonObject now = spec.structure().copy();
    if (before.textOrEmpty("volumeName").isEmpty()) {
      restore(before, now, "volumeName");
    }
    classes(claim, old, now, before);
    boolean bound = "Bound".equals(claim.structure().objectOrEmpty("status").text("phase"));
    if (bound) {
      JsonObject requests = now.objectOrEmpty("resources").objectOrEmpty("requests");
      if (!requests.isEmpty()) {
        restore(requests, requests(before), "storage");
      }
      restore(now, before, ATTRIBUTES);
    }
    if (!InternalForms.same("PersistentVolumeClaimSpec", now, before)) {
      String change = InternalForms.diff("PersistentVolumeClaimSpec", before, now);
      claim.add(FieldError.forbidden(spec.path(), ONLY_THESE + "\n" + change));
    }
    size(claim, spec, old);
    mode(claim, spec, old.objectOrEmpty("spec"));
    attributes(spec, old);
  }

  private static void classes(
      ValidatedObject claim, JsonObject old, JsonObject now, JsonObject before) {
    String formerly = former(old);
    String annotated = former(claim.structure());
    boolean newlyNamed = now.has(CLASS) && !before.has(CLASS);
    boolean same = now.textOrEmpty(CLASS).equals(formerly);
    if (newlyNamed
        && formerly != null
        && same
        && (annotated == null || annotated.equals(formerly))) {
      now.remove(CLASS);
      return;
    }
    String given = annotated == null ? "" : annotated;
    if (!given.equals(formerly == null ? "" : formerly)) {
      claim.add(
          FieldError.invalid(
              FieldPath.of("metadata.annotations").child(FORMER_CLASS),
              Json.of(given),
              "field is immutable"));
    }
    if (newlyNamed && (formerly == null || same)) {
      now.remove(CLASS);
    }
  }

  private static void size(ValidatedObject claim, ValidatedObject spec, JsonObject old) {
    Quantity wanted = storage(requests(spec.structure()));
    boolean less = wanted.compareTo(storage(requests(old.objectOrEmpty("spec")))) < 0;
    Quantity there = storage(old.objectOrEmpty("status").objectOrEmpty("capacity"));
    if (less && wanted.compareTo(there) <= 0) {
      claim.add(
          FieldError.forbidden(
              FieldPath.of("spec.resources.requests.storage"),
              "field can not be less than status.capacity"));
    }
  }

  private static void mode(ValidatedObject claim, ValidatedObject spec, JsonObject before) {
    if (!spec.text("volumeMode").equals(before.textOrEmpty("volumeMode"))) {
      claim.add(
          FieldError.invalid(
              FieldPath.of("volumeMode"), Json.of(spec.text("volumeMode")), "field is immutable"));
    }
  }

  private static void attributes(ValidatedObject spec, JsonObject old) {
    boolean had = old.objectOrEmpty("status").has("currentVolumeAttributesClassName");
    boolean changed =
        !spec.text(ATTRIBUTES).equals(old.objectOrEmpty("spec").textOrEmpty(ATTRIBUTES));
    if (!had || !changed || !spec.text(ATTRIBUTES).isEmpty()) {
      return;
    }
    spec.forbidden(
        ATTRIBUTES,
        "update to %s is forbidden when status.currentVolumeAttributesClassName is not nil"
            .formatted(spec.has(ATTRIBUTES) ? "empty string" : "nil"));
  }

  private static JsonObject requests(JsonObject spec) {
    return spec.objectOrEmpty("resources").objectOrEmpty("requests");
  }

  private static Quantity storage(JsonObject amounts) {
    Quantity amount = ResourceNameRules.quantity(amounts, "storage");
    return amount == null ? Quantity.ZERO : amount;
  }

  private static @Nullable String former(JsonObject claim) {
    return claim.objectOrEmpty("metadata").objectOrEmpty("annotations").text(FORMER_CLASS);
  }

  private static void restore(JsonObject now, JsonObject before, String field) {
    Json value = before.get(field);
    if (value == null) {
      now.remove(field);
    } else {
      now.set(field, value.copy());
    }
  }
}
