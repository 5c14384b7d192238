package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of slices of devices: whose they are, on which nodes, and what counts what is used of them together. What is
/// declared beside the types comes later, see `Declared…` in the table.
final class ResourceSliceRules {
  private static final int DEVICES_MAX = 128;
  private static final int DEVICES_OF_MORE_MAX = 64;
  private static final int COUNTER_SETS_MAX = 8;
  private static final int COUNTERS_MAX = 32;
  private static final String ONE_SELECTION =
      "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required";
  private static final String TRUE_OR_NOTHING = "must be either unset or set to true";

  private ResourceSliceRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "resourceSlice", ResourceSliceRules::slice,
        "counterNamesDeclared", ResourceSliceRules::declaredCounterNames,
        "deviceAttributeValuesDeclared", DeviceRules::declaredAttributeValues);
  }

  private static void slice(ValidatedObject spec) {
    CsiRules.driverName(spec, "driver");
    ValidatedObject pool = spec.childOrEmpty("pool");
    pool(pool);
    JsonObject old = spec.old();
    if (old != null) {
      Immutable.check(pool, "name");
      Immutable.check(spec, "driver");
      Immutable.check(spec, "nodeName");
    }
    nodes(spec);
    if (spec.isGiven("sharedCounters") && spec.isGiven("devices")) {
      spec.add(
          FieldError.invalid(
              spec.path(), Json.of(""), "only one of `sharedCounters` or `devices` is allowed"));
    }
    devices(spec, old);
    for (ValidatedObject set : DeviceClaimRules.bounded(spec, "sharedCounters", COUNTER_SETS_MAX)) {
      counters(set);
    }
  }

  private static void pool(ValidatedObject pool) {
    DeviceNames.pool(pool, "name");
    long slices = pool.number("resourceSliceCount");
    if (slices <= 0) {
      pool.add(
          FieldError.invalid(
              pool.path("resourceSliceCount"), Json.of(slices), "must be greater than zero"));
    }
    if (pool.number("generation") < 0) {
      pool.invalid("generation", "must be greater than or equal to zero");
    }
  }

  private static void nodes(ValidatedObject spec) {
    List<String> given = new ArrayList<>();
    if (spec.has("nodeName")) {
      nodeName(spec, "must be either unset or set to a non-empty string", given);
    }
    if (spec.has("nodeSelector")) {
      given.add("`nodeSelector`");
      spec.check("nodeSelector", "api.core.v1.NodeSelector");
      terms(spec.childOrEmpty("nodeSelector"));
    }
    flag(spec, "allNodes", given);
    flag(spec, "perDeviceNodeSelection", given);
    if (given.isEmpty()) {
      spec.add(FieldError.required(spec.path(), ONE_SELECTION));
    } else if (given.size() > 1) {
      spec.add(
          FieldError.invalid(
              spec.path(), shown(given), ONE_SELECTION + ", but multiple fields are set"));
    }
  }

  static void nodeName(ValidatedObject structure, String empty, List<String> given) {
    String name = structure.text("nodeName");
    if (name.isEmpty()) {
      structure.invalid("nodeName", empty);
    } else {
      given.add("`nodeName`");
      structure.invalid("nodeName", Formats.dns1123Subdomain(name));
    }
  }

  /// Selectors of several slices are put together, so each has one term.
  private static void terms(ValidatedObject selector) {
    JsonArray terms = selector.structure().array("nodeSelectorTerms");
    if (terms == null || terms.size() != 1) {
      selector.add(
          FieldError.invalid(
              selector.path("nodeSelectorTerms"),
              terms == null ? Json.NULL : InternalForms.items("NodeSelectorTerm", terms),
              "must have exactly one node selector term"));
    }
  }

  static void flag(ValidatedObject structure, String field, List<String> given) {
    if (structure.isTrue(field)) {
      given.add("`" + field + "`");
    } else if (structure.has(field)) {
      structure.invalid(field, TRUE_OR_NOTHING);
    }
  }

  static Json shown(List<String> given) {
    return Json.of("{" + String.join(", ", given) + "}");
  }

  private static void devices(ValidatedObject spec, @Nullable JsonObject old) {
    int most = hasMore(spec) ? DEVICES_OF_MORE_MAX : DEVICES_MAX;
    if (spec.count("devices") > most) {
      spec.add(FieldError.tooMany(spec.path("devices"), spec.count("devices"), most));
      return;
    }
    Map<String, JsonObject> before = new HashMap<>();
    if (old != null) {
      old.objects("devices").forEach(device -> before.put(device.textOrEmpty("name"), device));
    }
    boolean onNodes = spec.isTrue("perDeviceNodeSelection");
    List<ValidatedObject> devices = spec.items("devices");
    for (ValidatedObject device : devices) {
      DeviceRules.check(device, before.get(device.text("name")), onNodes);
    }
    Set<String> names = new HashSet<>();
    for (ValidatedObject device : devices) {
      if (!names.add(device.text("name"))) {
        device.add(FieldError.duplicate(device.path(), Json.of(device.text("name"))));
      }
    }
  }

  private static boolean hasMore(ValidatedObject spec) {
    return spec.structure().objects("devices").stream()
        .anyMatch(device ->
            !device.arrayOrEmpty("taints").isEmpty()
                || !device.arrayOrEmpty("consumesCounters").isEmpty());
  }

  static void counters(ValidatedObject holder) {
    int counters = holder.map("counters").size();
    if (counters > COUNTERS_MAX) {
      holder.add(FieldError.tooMany(holder.path("counters"), counters, COUNTERS_MAX));
    }
  }

  private static void declaredCounterNames(ValidatedObject holder) {
    if (holder.map("counters").isEmpty()) {
      holder.required("counters", "");
    }
    for (JsonObject.Field counter : holder.map("counters")) {
      DeviceNames.complain(
          holder, holder.path("counters"), counter.name(), Formats.shortName(counter.name()));
    }
  }
}
