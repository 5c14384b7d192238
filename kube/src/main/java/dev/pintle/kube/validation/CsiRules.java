package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The rules of drivers of storage, of what nodes tell of them, and of how much storage there is where.
final class CsiRules {
  private static final int DRIVER_BYTES_MAX = 63;
  private static final int NODE_ID_BYTES_MAX = 256;
  private static final long EXPIRATION_SECONDS_MIN = 600;
  private static final long EXPIRATION_SECONDS_MAX = 1L << 32;
  private static final long PERIOD_SECONDS_MIN = 10;

  private CsiRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "tokenRequests", CsiRules::tokenRequests,
        "lifecycleModes", CsiRules::lifecycleModes,
        "allocatablePeriod", CsiRules::allocatablePeriod,
        "tokenInSecrets", CsiRules::tokenInSecrets,
        "attachKept", CsiRules::attachKept,
        "driversOfNode", CsiRules::driversOfNode,
        "driversOfNodeKept", CsiRules::driversOfNodeKept,
        "capacityThere", CsiRules::capacityThere,
        "topologyKept", CsiRules::topologyKept);
  }

  /// A domain in letters of either case.
  static void driverName(ValidatedObject structure, String field) {
    String driver = structure.text(field);
    if (driver.isEmpty()) {
      structure.required(field, "");
      return;
    }
    if (Formats.isLonger(driver, DRIVER_BYTES_MAX)) {
      structure.add(FieldError.tooLong(structure.path(field), DRIVER_BYTES_MAX));
    }
    structure.invalid(field, Formats.dns1123Subdomain(driver.toLowerCase(Locale.ROOT)));
  }

  /// What is not declared of such a name (see `Declared…` in the table): upstream counts its bytes as well, and tells of them
  /// where the characters are not too many.
  static void driverNameBytes(ValidatedObject structure, String field) {
    String driver = structure.text(field);
    if (Formats.isLonger(driver, DRIVER_BYTES_MAX)
        && driver.codePointCount(0, driver.length()) <= DRIVER_BYTES_MAX) {
      structure.add(FieldError.tooLong(structure.path(field), DRIVER_BYTES_MAX));
    }
  }

  private static void tokenRequests(ValidatedObject spec) {
    Set<String> audiences = new HashSet<>();
    for (ValidatedObject request : spec.items("tokenRequests")) {
      String audience = request.text("audience");
      if (!audiences.add(audience)) {
        request.add(FieldError.duplicate(request.path("audience"), Json.of(audience)));
      } else if (request.has("expirationSeconds")) {
        expiration(request);
      }
    }
  }

  private static void expiration(ValidatedObject request) {
    long seconds = request.number("expirationSeconds");
    if (seconds < EXPIRATION_SECONDS_MIN) {
      request.invalid("expirationSeconds", "may not specify a duration less than 10 minutes");
    }
    if (seconds > EXPIRATION_SECONDS_MAX) {
      request.invalid("expirationSeconds", "may not specify a duration larger than 2^32 seconds");
    }
  }

  private static void lifecycleModes(ValidatedObject spec) {
    List<String> known = List.of("Persistent", "Ephemeral");
    for (String mode : spec.texts("volumeLifecycleModes")) {
      if (!known.contains(mode)) {
        spec.add(FieldError.notSupportedWord(spec.path("volumeLifecycleModes"), mode, known));
      }
    }
  }

  private static void allocatablePeriod(ValidatedObject spec) {
    String field = "nodeAllocatableUpdatePeriodSeconds";
    if (spec.has(field) && spec.number(field) < PERIOD_SECONDS_MIN) {
      spec.invalid(field, "must be greater than or equal to 10 seconds");
    }
  }

  private static void tokenInSecrets(ValidatedObject spec) {
    if (spec.has("serviceAccountTokenInSecrets") && spec.count("tokenRequests") == 0) {
      spec.invalid(
          "serviceAccountTokenInSecrets",
          "serviceAccountTokenInSecrets is set but no tokenRequests are specified");
    }
  }

  /// Errors call the field otherwise than it is called.
  private static void attachKept(ValidatedObject spec) {
    JsonObject old = spec.old();
    if (old != null && !Immutable.same(spec.value("attachRequired"), old.get("attachRequired"))) {
      spec.add(
          FieldError.invalid(
              spec.path("attachedRequired"), spec.shown("attachRequired"), Immutable.MESSAGE));
    }
  }

  private static void driversOfNode(ValidatedObject spec) {
    Set<String> names = new HashSet<>();
    for (ValidatedObject driver : spec.items("drivers")) {
      driverName(driver, "name");
      nodeId(driver);
      ValidatedObject allocatable = driver.child("allocatable");
      if (allocatable != null) {
        allocatable.notNegative("count");
      }
      if (!names.add(driver.text("name"))) {
        driver.add(FieldError.duplicate(driver.path("name"), Json.of(driver.text("name"))));
      }
      topologyKeys(driver);
    }
  }

  private static void nodeId(ValidatedObject driver) {
    String id = driver.text("nodeID");
    if (id.isEmpty()) {
      driver.required("nodeID", "");
    }
    if (Formats.isLonger(id, NODE_ID_BYTES_MAX)) {
      driver.invalid("nodeID", "must be 256 characters or less");
    }
  }

  /// Errors are placed at the driver.
  private static void topologyKeys(ValidatedObject driver) {
    Set<String> keys = new HashSet<>();
    for (String key : driver.texts("topologyKeys")) {
      if (key.isEmpty()) {
        driver.add(FieldError.required(driver.path(), ""));
      }
      if (!keys.add(key)) {
        driver.add(FieldError.duplicate(driver.path(), Json.of(key)));
      }
      Labels.checkKey(key, driver.path(), driver);
    }
  }

  /// What a driver that stays said of itself stays, but for how many volumes it can attach.
  private static void driversOfNodeKept(ValidatedObject spec) {
    JsonObject old = spec.old();
    if (old == null) {
      return;
    }
    Map<String, List<JsonObject>> now = new HashMap<>();
    for (ValidatedObject driver : spec.items("drivers")) {
      now.computeIfAbsent(driver.text("name"), _ -> new ArrayList<>()).add(driver.structure());
    }
    for (JsonObject before : old.objects("drivers")) {
      for (JsonObject driver : now.getOrDefault(before.textOrEmpty("name"), List.of())) {
        if (!Immutable.same(told(driver), told(before))) {
          spec.add(FieldError.invalid(spec.path("drivers"), told(driver), Immutable.MESSAGE));
        }
      }
    }
  }

  private static JsonObject told(JsonObject driver) {
    JsonArray keys = driver.array("topologyKeys");
    return new JsonObject()
        .set("Name", driver.textOrEmpty("name"))
        .set("NodeID", driver.textOrEmpty("nodeID"))
        .set("TopologyKeys", keys == null ? Json.NULL : keys)
        .set("Allocatable", Json.NULL);
  }

  private static void capacityThere(ValidatedObject capacity) {
    Quantity amount = ResourceNameRules.quantity(capacity.value("capacity"));
    if (amount != null && amount.sign() < 0) {
      capacity.add(
          FieldError.invalid(
              capacity.path("capacity"),
              Json.of(amount.toString()),
              "must be greater than or equal to 0"));
    }
  }

  /// Of a topology it counts whether it is there: one that asks nothing is another one than none.
  private static void topologyKept(ValidatedObject capacity) {
    JsonObject old = capacity.old();
    if (old == null) {
      return;
    }
    JsonObject now = capacity.structure().object("nodeTopology");
    JsonObject before = old.object("nodeTopology");
    if ((now == null) != (before == null) || !Immutable.same(now, before)) {
      capacity.add(
          FieldError.invalid(
              capacity.path("nodeTopology"), GoForm.selector(now), Immutable.MESSAGE));
    }
  }
}
