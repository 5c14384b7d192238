package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The rules of classes of storage and of attributes of volumes: who provides them, with which parameters, and where.
final class StorageClassRules {
  private static final int PARAMETERS_MAX = 512;
  private static final int PARAMETERS_BYTES_MAX = 256 * 1024;

  private StorageClassRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "provisioner", storageClass -> provider(storageClass, "provisioner"),
        "parameters", StorageClassRules::parameters,
        "allowedTopologies", StorageClassRules::allowedTopologies,
        "driverOfAttributes", StorageClassRules::driverOfAttributes,
        "attributesKept", StorageClassRules::attributesKept);
  }

  /// A qualified name in letters of either case.
  private static void provider(ValidatedObject structure, String field) {
    String name = structure.text(field);
    if (!name.isEmpty()) {
      for (String complaint : Formats.qualifiedName(name.toLowerCase(Locale.ROOT))) {
        structure.add(
            FieldError.invalid(
                structure.path(field), Json.of(name.toLowerCase(Locale.ROOT)), complaint));
      }
    }
  }

  private static void parameters(ValidatedObject structure) {
    JsonObject parameters = structure.map("parameters");
    FieldPath path = structure.path("parameters");
    if (parameters.size() > PARAMETERS_MAX) {
      structure.add(FieldError.tooLong(path, PARAMETERS_MAX));
      return;
    }
    long size = 0;
    for (JsonObject.Field parameter : parameters) {
      if (parameter.name().isEmpty()) {
        structure.add(FieldError.invalid(path, Json.of(""), "field can not be empty."));
      }
      size += Formats.bytes(parameter.name());
      size += parameter.value() instanceof Json.Text(var text) ? Formats.bytes(text) : 0;
    }
    if (size > PARAMETERS_BYTES_MAX) {
      structure.add(FieldError.tooLong(path, PARAMETERS_BYTES_MAX));
    }
  }

  /// Which nodes volumes are for. A term may not ask what another one asks, whatever the order of its values; one that asks
  /// nothing is refused as if there were another one already.
  private static void allowedTopologies(ValidatedObject storageClass) {
    Set<Json> seen = new HashSet<>();
    seen.add(new JsonObject());
    for (ValidatedObject term : storageClass.items("allowedTopologies")) {
      if (!seen.add(asked(term))) {
        term.add(FieldError.duplicate(term.path("matchLabelExpressions"), Json.of("")));
      }
    }
  }

  /// The keys and their values, both in order.
  private static JsonObject asked(ValidatedObject term) {
    NavigableMap<String, JsonArray> asked = new TreeMap<>();
    for (ValidatedObject requirement : term.items("matchLabelExpressions")) {
      JsonArray values = values(requirement);
      String key = requirement.text("key");
      Labels.checkKey(key, requirement.path("key"), requirement);
      if (asked.put(key, values) != null) {
        requirement.add(FieldError.duplicate(requirement.path("key"), Json.of(key)));
      }
    }
    JsonObject inOrder = new JsonObject();
    asked.forEach(inOrder::set);
    return inOrder;
  }

  private static JsonArray values(ValidatedObject requirement) {
    List<String> values = requirement.texts("values");
    if (values.isEmpty()) {
      requirement.required("values", "");
    }
    NavigableSet<String> seen = new TreeSet<>();
    for (int i = 0; i < values.size(); i++) {
      if (!seen.add(values.get(i))) {
        requirement.add(
            FieldError.duplicate(requirement.path("values").index(i), Json.of(values.get(i))));
      }
    }
    JsonArray inOrder = new JsonArray();
    seen.forEach(value -> inOrder.add(Json.of(value)));
    return inOrder;
  }

  private static void driverOfAttributes(ValidatedObject attributes) {
    if (attributes.text("driverName").isEmpty()) {
      attributes.required("driverName", "");
    }
    provider(attributes, "driverName");
    parameters(attributes);
    if (attributes.map("parameters").isEmpty()) {
      attributes.required("parameters", "must contain at least one key/value pair");
    }
  }

  private static void attributesKept(ValidatedObject attributes) {
    JsonObject old = attributes.old();
    if (old == null) {
      return;
    }
    for (String field : List.of("driverName", "parameters")) {
      boolean same =
          attributes.value(field) instanceof JsonObject entries
              ? Immutable.sameEntries(entries, old.object(field))
              : Immutable.same(attributes.value(field), old.get(field));
      if (!same) {
        attributes.forbidden(field, "updates to %s are forbidden.".formatted(field));
      }
    }
  }
}
