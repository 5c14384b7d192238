package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of one device of a slice.
final class DeviceRules {
  private static final int TRAITS_MAX = 32;
  private static final int VALUES_MAX = 48;
  private static final int VALUE_BYTES_MAX = 64;
  private static final int TAINTS_MAX = 16;
  private static final int CONSUMPTIONS_MAX = 2;
  private static final int CONDITIONS_MAX = 4;
  private static final List<String> LISTS = List.of("ints", "bools", "strings", "versions");
  private static final List<String> VALUES =
      List.of("int", "bool", "string", "version", "ints", "bools", "strings", "versions");
  private static final String ONE_PLACE =
      "exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set to true in the ResourceSlice spec";

  private DeviceRules() {}

  /// @param before the device as it was; what of it has not changed is not looked at again
  /// @param onNodes whether each device says on which nodes it is
  static void check(ValidatedObject device, @Nullable JsonObject before, boolean onNodes) {
    device.invalid("name", Formats.dns1123Label(device.text("name")));
    count(device);
    if (before == null
        || !Immutable.isUntouched(device.value("attributes"), before.get("attributes"))) {
      attributes(device);
    }
    if (before == null
        || !Immutable.isUntouched(device.value("capacity"), before.get("capacity"))) {
      capacity(device);
    }
    if (before == null || !Immutable.isUntouched(device.value("taints"), before.get("taints"))) {
      taints(device);
    }
    for (ValidatedObject one :
        DeviceClaimRules.bounded(device, "consumesCounters", CONSUMPTIONS_MAX)) {
      ResourceSliceRules.counters(one);
    }
    if (onNodes) {
      nodes(device);
    } else if (device.has("nodeName") || device.has("nodeSelector") || device.has("allNodes")) {
      device.add(
          FieldError.invalid(
              device.path(),
              Json.NULL,
              "`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec"));
    }
    bindingConditions(device);
  }

  private static void count(ValidatedObject device) {
    JsonObject attributes = device.map("attributes");
    int traits = attributes.size() + device.map("capacity").size();
    if (traits > TRAITS_MAX) {
      tooMany(device, traits, "attributes and capacities", TRAITS_MAX);
    }
    int values = 0;
    for (JsonObject.Field attribute : attributes) {
      values += attribute.value() instanceof JsonObject value ? Math.max(1, listed(value)) : 1;
    }
    if (values > VALUES_MAX) {
      tooMany(device, values, "attribute values", VALUES_MAX);
    }
  }

  private static int listed(JsonObject attribute) {
    return LISTS.stream().mapToInt(list -> attribute.arrayOrEmpty(list).size()).sum();
  }

  private static void tooMany(ValidatedObject device, int found, String what, int most) {
    String detail = "the total number of %s must not exceed %d".formatted(what, most);
    device.add(FieldError.invalid(device.path(), Json.of(found), detail));
  }

  private static void attributes(ValidatedObject device) {
    FieldPath path = device.path("attributes");
    for (JsonObject.Field entry : device.map("attributes")) {
      DeviceNames.qualified(device, path, entry.name());
      if (entry.value() instanceof JsonObject value) {
        FieldPath place = path.key(DeviceNames.shownKey(entry.name(), DeviceNames.KEY_BYTES_MAX));
        attribute(new ValidatedObject(device.context(), place, value, null));
      }
    }
  }

  private static void attribute(ValidatedObject attribute) {
    if (attribute.has("string")) {
      bounded(attribute, attribute.path("string"), attribute.text("string"));
    }
    if (attribute.has("version")) {
      String version = attribute.text("version");
      if (!VersionSyntax.is(version)) {
        attribute.invalid("version", "must be a string compatible with semver.org spec 2.0.0");
      }
      bounded(attribute, attribute.path("version"), version);
    }
  }

  private static void bounded(ValidatedObject attribute, FieldPath path, String text) {
    if (Formats.isLonger(text, VALUE_BYTES_MAX)) {
      attribute.add(FieldError.tooLong(path, VALUE_BYTES_MAX));
    }
  }

  /// Of what an attribute can be it is one thing.
  static void declaredAttributeValues(ValidatedObject device) {
    for (JsonObject.Field entry : device.map("attributes")) {
      if (!(entry.value() instanceof JsonObject attribute)) {
        continue;
      }
      List<String> given = new ArrayList<>(1);
      for (String name : VALUES) {
        Json value = attribute.get(name);
        boolean empty = value instanceof JsonArray list && list.isEmpty();
        if (value != null && !(value instanceof Json.Null) && !empty) {
          given.add(name);
        }
      }
      if (given.size() != 1) {
        boolean none = given.isEmpty();
        device.add(
            FieldError.invalid(
                device.path("attributes").key(entry.name()),
                none ? Json.of("") : ResourceSliceRules.shown(given),
                "must specify %sone of: `%s`"
                    .formatted(none ? "" : "exactly ", String.join("`, `", VALUES))));
      }
    }
  }

  private static void capacity(ValidatedObject device) {
    FieldPath path = device.path("capacity");
    boolean shared = device.isTrue("allowMultipleAllocations");
    for (JsonObject.Field entry : device.map("capacity")) {
      DeviceNames.qualified(device, path, entry.name());
      if (entry.value() instanceof JsonObject value) {
        FieldPath place = path.key(DeviceNames.shownKey(entry.name(), DeviceNames.KEY_BYTES_MAX));
        ValidatedObject capacity = new ValidatedObject(device.context(), place, value, null);
        if (capacity.has("requestPolicy") && shared) {
          CapacityPolicyRules.check(capacity);
        } else if (capacity.has("requestPolicy")) {
          capacity.forbidden("requestPolicy", "allowMultipleAllocations must be true");
        }
      }
    }
  }

  private static void taints(ValidatedObject device) {
    int taints = device.count("taints");
    if (taints > TAINTS_MAX) {
      device.add(FieldError.tooMany(device.path("taints"), taints, TAINTS_MAX));
      return;
    }
    for (ValidatedObject taint : device.items("taints")) {
      TaintRules.taint(taint);
    }
  }

  private static void nodes(ValidatedObject device) {
    List<String> given = new ArrayList<>();
    if (device.has("nodeName")) {
      ResourceSliceRules.nodeName(device, "must not be empty", given);
    }
    if (device.has("nodeSelector")) {
      given.add("`nodeSelector`");
      device.check("nodeSelector", "api.core.v1.NodeSelector");
    }
    ResourceSliceRules.flag(device, "allNodes", given);
    if (given.isEmpty()) {
      device.add(FieldError.required(device.path(), ONE_PLACE));
    } else if (given.size() > 1) {
      device.add(FieldError.invalid(device.path(), ResourceSliceRules.shown(given), ONE_PLACE));
    }
  }

  /// What must hold before a device is used, and what means that it cannot be.
  static void bindingConditions(ValidatedObject device) {
    conditions(device, "bindingConditions");
    conditions(device, "bindingFailureConditions");
    Set<String> needed = new HashSet<>();
    repeated(device, "bindingConditions", needed, Set.of());
    repeated(device, "bindingFailureConditions", new HashSet<>(), needed);
    boolean needs = device.count("bindingConditions") > 0;
    boolean fails = device.count("bindingFailureConditions") > 0;
    if (!needs && fails) {
      missing(device, "bindingConditions", "bindingFailureConditions");
    }
    if (needs && !fails) {
      missing(device, "bindingFailureConditions", "bindingConditions");
    }
  }

  /// An empty list is shown as one.
  private static void missing(ValidatedObject device, String field, String other) {
    Json given = device.structure().given(field);
    device.add(
        FieldError.invalid(
            device.path(field),
            given == null ? Json.NULL : given,
            "%s are required to use %s".formatted(field, other)));
  }

  private static void conditions(ValidatedObject device, String field) {
    List<String> names = device.texts(field);
    for (int i = 0; i < names.size() && names.size() <= CONDITIONS_MAX; i++) {
      Labels.checkKey(names.get(i), device.path(field).index(i), device);
    }
  }

  private static void repeated(
      ValidatedObject device, String field, Set<String> seen, Set<String> others) {
    List<String> names = device.texts(field);
    for (int i = 0; i < names.size(); i++) {
      FieldPath path = device.path(field).index(i);
      Json name = Json.of(names.get(i));
      if (!seen.add(names.get(i))) {
        device.add(FieldError.duplicate(path, name));
      }
      if (others.contains(names.get(i))) {
        device.add(
            FieldError.invalid(
                path, name, "bindingFailureConditions must not overlap with bindingConditions"));
      }
    }
  }
}
