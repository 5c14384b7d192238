package dev.pintle.kube.strategy;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.MetaTime;
import dev.pintle.kube.rule.RuleTime;
import dev.pintle.kube.strategy.StrategyStep.NamedStep;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The strategies of claims for devices, where what is told of a device goes when the claim no longer has it, and of rules
/// that taint them.
final class DeviceSteps {
  private static final String SINCE = "timeAdded";

  private DeviceSteps() {}

  static Map<String, NamedStep> all() {
    return Map.of(
        "deallocatedDevices", DeviceSteps::deallocatedDevices,
        "taintChanged", DeviceSteps::taintChanged);
  }

  /// A taint with another effect is a new one, unless whoever changes it says since when it is.
  private static void taintChanged(JsonObject rule, JsonObject old) {
    JsonObject taint = rule.objectAt("spec").objectAt("taint");
    JsonObject before = old.objectOrEmpty("spec").objectOrEmpty("taint");
    if (!taint.textOrEmpty("effect").equals(before.textOrEmpty("effect"))
        && taint.textOrEmpty(SINCE).equals(before.textOrEmpty(SINCE))) {
      taint.set(SINCE, MetaTime.text(RuleTime.now()));
    }
  }

  private static void deallocatedDevices(JsonObject claim, JsonObject old) {
    JsonObject status = claim.object("status");
    JsonArray devices = status == null ? null : status.array("devices");
    if (status == null || devices == null) {
      return;
    }
    Set<Json> gone = allocated(old);
    gone.removeAll(allocated(claim));
    devices.removeIf(device -> device instanceof JsonObject object && gone.contains(id(object)));
    if (devices.isEmpty()) {
      status.remove("devices");
    }
  }

  private static Set<Json> allocated(JsonObject claim) {
    Set<Json> devices = new HashSet<>();
    JsonObject allocation = claim.objectOrEmpty("status").objectOrEmpty("allocation");
    for (JsonObject result : allocation.objectOrEmpty("devices").objects("results")) {
      devices.add(id(result));
    }
    return devices;
  }

  private static Json id(JsonObject device) {
    return JsonArray.of(
        Json.of(device.textOrEmpty("driver")),
        Json.of(device.textOrEmpty("pool")),
        Json.of(device.textOrEmpty("device")),
        Json.of(device.textOrEmpty("shareID")));
  }
}
