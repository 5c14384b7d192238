package dev.pintle.kube.validation;

import dev.pintle.kube.format.Addresses;
import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of what is told of a claim for devices: which it has, for whom, and what their drivers say of them. What is
/// declared beside the types comes later, see `Declared…` in the table.
final class AllocationRules {
  private static final int RESERVED_MAX = 256;
  private static final int CONFIGURATIONS_MAX = 64;
  private static final int CONDITIONS_MAX = 8;
  private static final int DATA_BYTES_MAX = 10 * 1024;
  private static final int ADDRESSES_MAX = 16;
  private static final String NOT_AN_ADDRESS =
      "must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)";

  private AllocationRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "claimAllocation", AllocationRules::status,
        "allocationDeclared", AllocationRules::declaredAllocation,
        "poolDeclared", result -> DeviceNames.declaredPool(result, "pool"));
  }

  private static void status(ValidatedObject claim) {
    ValidatedObject status = claim.childOrEmpty("status");
    JsonObject old = status.old();
    ValidatedObject allocation = status.child("allocation");
    for (ValidatedObject user : DeviceClaimRules.bounded(status, "reservedFor", RESERVED_MAX)) {
      for (String field : List.of("resource", "name", "uid")) {
        if (user.text(field).isEmpty()) {
          user.required(field, "");
        }
      }
    }
    devices(status, allocation);
    if (status.count("reservedFor") > 0) {
      reserved(claim, status, allocation, old);
    }
    if (allocation != null && (old == null || old.object("allocation") == null)) {
      allocation(claim, allocation);
    }
  }

  private static void reserved(
      ValidatedObject claim,
      ValidatedObject status,
      @Nullable ValidatedObject allocation,
      @Nullable JsonObject old) {
    if (allocation == null) {
      status.forbidden("reservedFor", "may not be specified when `allocated` is not set");
      return;
    }
    boolean leaving = claim.childOrEmpty("metadata").has("deletionTimestamp");
    Set<Json> before = new HashSet<>();
    if (old != null) {
      old.arrayOrEmpty("reservedFor").forEach(before::add);
    }
    if (leaving
        && status.items("reservedFor").stream()
            .anyMatch(user -> !before.contains(user.structure()))) {
      status.forbidden(
          "reservedFor",
          "new entries may not be added while `deallocationRequested` or `deletionTimestamp` are set");
    }
  }

  private static void devices(ValidatedObject status, @Nullable ValidatedObject allocation) {
    Set<Json> allocated = new HashSet<>();
    if (allocation != null) {
      allocation
          .structure()
          .objectOrEmpty("devices")
          .objects("results")
          .forEach(result -> allocated.add(shared(result)));
    }
    for (ValidatedObject device : status.items("devices")) {
      CsiRules.driverName(device, "driver");
      DeviceNames.pool(device, "pool");
      device.invalid("device", Formats.dns1123Label(device.text("device")));
      Json id = shared(device.structure());
      if (!allocated.contains(id)) {
        device.add(
            FieldError.invalid(device.path(), id, "must be an allocated device in the claim"));
      }
      conditions(device);
      if (device.has("data")) {
        DeviceClaimRules.raw(device, "data", DATA_BYTES_MAX);
      }
      addresses(device.childOrEmpty("networkData"));
    }
  }

  private static JsonObject shared(JsonObject device) {
    return new JsonObject()
        .set("Driver", device.textOrEmpty("driver"))
        .set("Pool", device.textOrEmpty("pool"))
        .set("Device", device.textOrEmpty("device"))
        .set("ShareID", device.textOrEmpty("shareID"));
  }

  private static void conditions(ValidatedObject device) {
    int count = device.count("conditions");
    if (count > CONDITIONS_MAX) {
      device.add(FieldError.tooMany(device.path("conditions"), count, CONDITIONS_MAX));
    }
    ConditionRules.check(device, "conditions");
  }

  private static void addresses(ValidatedObject network) {
    List<String> addresses = network.texts("ips");
    for (int i = 0; i < addresses.size() && addresses.size() <= ADDRESSES_MAX; i++) {
      String complaint = address(addresses.get(i));
      if (!complaint.isEmpty()) {
        network.add(
            FieldError.invalid(network.path("ips").index(i), Json.of(addresses.get(i)), complaint));
      }
    }
  }

  /// What is wrong with the address of an interface, whose range need not begin at it.
  private static String address(String text) {
    int slash = text.indexOf('/');
    byte[] address = slash < 0 ? null : Addresses.parse(text.substring(0, slash));
    if (address == null || !Addresses.isRange(text)) {
      return NOT_AN_ADDRESS;
    }
    int bits = Integer.parseInt(text.substring(slash + 1));
    boolean mapped = text.indexOf(':') >= 0 && address.length == Addresses.BYTES_V4;
    int size = mapped ? bits - (Addresses.BYTES_V6 - Addresses.BYTES_V4) * Byte.SIZE : bits;
    String canonical = "%s/%d".formatted(Addresses.text(address), size);
    return text.equals(canonical)
        ? ""
        : "must be in canonical form (%s)".formatted(GoText.quote(canonical));
  }

  private static void allocation(ValidatedObject claim, ValidatedObject allocation) {
    Map<String, Set<String>> names =
        DeviceClaimRules.requestNames(
            claim.structure().objectOrEmpty("spec").objectOrEmpty("devices"));
    ValidatedObject devices = allocation.childOrEmpty("devices");
    for (ValidatedObject result :
        DeviceClaimRules.bounded(devices, "results", DeviceClaimRules.LIST_MAX)) {
      DeviceClaimRules.reference(result, result.path("request"), result.text("request"), names);
      CsiRules.driverNameBytes(result, "driver");
      result.invalid("device", Formats.dns1123Label(result.text("device")));
      DeviceRules.bindingConditions(result);
      DeviceClaimRules.tolerations(result);
    }
    for (ValidatedObject configuration :
        DeviceClaimRules.bounded(devices, "config", CONFIGURATIONS_MAX)) {
      DeviceClaimRules.references(configuration, names);
      DeviceClaimRules.configuration(configuration, false);
    }
    if (allocation.has("nodeSelector")) {
      allocation.check("nodeSelector", "api.core.v1.NodeSelector");
    }
  }

  /// One that is there may only go.
  private static void declaredAllocation(ValidatedObject status) {
    ValidatedObject allocation = status.child("allocation");
    JsonObject old = status.old();
    JsonObject before = old == null ? null : old.object("allocation");
    if (allocation == null
        || (before != null && Immutable.isUntouched(allocation.structure(), before))) {
      return;
    }
    if (before != null) {
      status.add(
          FieldError.invalid(
              status.path("allocation"), Json.NULL, "field cannot be modified once set"));
      return;
    }
    allocation.check("devices", "DeclaredDeviceAllocation");
  }
}
