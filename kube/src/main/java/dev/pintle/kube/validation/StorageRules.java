package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Rules of what claims for storage ask and volumes have: how it may be used, and how much of it there is.
final class StorageRules {
  private static final String ONE_POD = "ReadWriteOncePod";
  private static final List<String> MODES =
      List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", ONE_POD);
  private static final String STORAGE = "storage";
  private static final String POSITIVE = "must be greater than zero";

  private StorageRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "accessModes", StorageRules::accessModes,
        "storageOfClaim", StorageRules::storageOfClaim,
        "sourceOfClaim", StorageRules::sourceOfClaim,
        "capacityOfVolume", StorageRules::capacityOfVolume);
  }

  private static void accessModes(ValidatedObject spec) {
    List<String> modes = spec.texts("accessModes");
    for (String mode : modes) {
      if (!MODES.contains(mode)) {
        spec.add(FieldError.notSupportedWord(spec.path("accessModes"), mode, MODES));
      }
    }
    List<String> others = new ArrayList<>(modes);
    others.retainAll(MODES);
    others.removeIf(ONE_POD::equals);
    if (modes.contains(ONE_POD) && !others.isEmpty()) {
      spec.forbidden("accessModes", "may not use ReadWriteOncePod with other access modes");
    }
  }

  private static void storageOfClaim(ValidatedObject spec) {
    FieldPath path = spec.path("resources").key(STORAGE);
    Quantity storage =
        ResourceNameRules.quantity(spec.childOrEmpty("resources").map("requests"), STORAGE);
    if (storage == null) {
      spec.add(FieldError.required(path, ""));
    } else if (storage.sign() <= 0) {
      spec.add(FieldError.invalid(path, Json.of(storage.toString()), POSITIVE));
    }
  }

  /// What a claim is to be filled with, in its older and its newer form.
  private static void sourceOfClaim(ValidatedObject spec) {
    ValidatedObject source = spec.child("dataSource");
    ValidatedObject reference = spec.child("dataSourceRef");
    if (source != null) {
      source(source);
    }
    if (reference == null) {
      return;
    }
    source(reference);
    String namespace = reference.text("namespace");
    if (!namespace.isEmpty()) {
      reference.invalid("namespace", Formats.dns1123Label(namespace));
    }
    if (source != null && !namespace.isEmpty()) {
      twice(spec, "may not be specified when dataSourceRef.namespace is specified");
    } else if (source != null && !isSame(source, reference)) {
      twice(spec, "must match dataSourceRef");
    }
  }

  private static void source(ValidatedObject source) {
    for (String field : List.of("name", "kind")) {
      if (source.text(field).isEmpty()) {
        source.required(field, "");
      }
    }
    String group = source.text("apiGroup");
    String kind = source.text("kind");
    if (group.isEmpty() && !kind.equals("PersistentVolumeClaim")) {
      source.add(
          FieldError.invalid(
              source.path(),
              Json.of(kind),
              "must be 'PersistentVolumeClaim' when referencing the default apiGroup"));
    } else if (!group.isEmpty() && !OldFaults.inDataSource(source.context())) {
      source.invalid("apiGroup", Formats.dns1123Subdomain(group));
    }
  }

  private static boolean isSame(ValidatedObject source, ValidatedObject reference) {
    return source.shown("apiGroup").equals(reference.shown("apiGroup"))
        && source.text("kind").equals(reference.text("kind"))
        && source.text("name").equals(reference.text("name"));
  }

  /// Upstream shows the place in place of a value; what it is made of is not for its encoder to see.
  private static void twice(ValidatedObject spec, String detail) {
    spec.add(FieldError.invalid(spec.path(), new JsonObject(), detail));
  }

  private static void capacityOfVolume(ValidatedObject spec) {
    FieldPath path = spec.path("capacity");
    JsonObject capacity = spec.map("capacity");
    if (!capacity.has(STORAGE) || capacity.size() > 1) {
      spec.add(
          FieldError.notSupported(
              path,
              GoForm.map(spec.structure().given("capacity") == null ? null : capacity),
              List.of(STORAGE)));
    }
    for (JsonObject.Field amount : capacity) {
      Quantity quantity = ResourceNameRules.quantity(amount.value());
      FieldPath place = path.key(amount.name());
      if (quantity != null && quantity.value() < 0) {
        spec.add(
            FieldError.invalid(
                place, Json.of(quantity.value()), "must be a valid resource quantity"));
      }
      if (quantity != null && quantity.sign() <= 0) {
        spec.add(FieldError.invalid(place, Json.of(quantity.toString()), POSITIVE));
      }
    }
  }
}
