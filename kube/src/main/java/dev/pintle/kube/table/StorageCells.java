package dev.pintle.kube.table;

import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Cells of volumes, claims on them, and what provides them.
final class StorageCells {
  private static final String OLD_CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";
  private static final Map<String, String> MODES = new LinkedHashMap<>();

  static {
    MODES.put("ReadWriteOnce", "RWO");
    MODES.put("ReadOnlyMany", "ROX");
    MODES.put("ReadWriteMany", "RWX");
    MODES.put("ReadWriteOncePod", "RWOP");
  }

  private StorageCells() {}

  static Map<String, Function<List<String>, Cell>> all() {
    return Map.ofEntries(
        Map.entry(
            "access-modes",
            arguments ->
                PlainCells.text(volume -> modes(volume, PlainCells.names(arguments.getFirst())))),
        Map.entry("volume-claim", _ -> PlainCells.text(StorageCells::claim)),
        Map.entry("volume-class", _ -> PlainCells.text(StorageCells::storageClass)),
        Map.entry("volume-status", _ -> PlainCells.text(StorageCells::phase)),
        Map.entry("claim-status", _ -> PlainCells.text(StorageCells::phase)),
        Map.entry("claim-class", _ -> PlainCells.text(StorageCells::storageClass)),
        Map.entry("claim-capacity", _ -> PlainCells.text(StorageCells::claimCapacity)),
        Map.entry("claim-access-modes", _ -> PlainCells.text(StorageCells::claimModes)),
        Map.entry("claim-state", _ -> PlainCells.text(StorageCells::deviceClaimState)),
        Map.entry("csi-modes", _ -> PlainCells.text(StorageCells::driverModes)),
        Map.entry("csi-token-requests", _ -> PlainCells.text(StorageCells::tokenRequests)));
  }

  private static String modes(JsonObject object, String... path) {
    List<String> given = NestedFields.texts(object, path);
    List<String> shown = new ArrayList<>();
    MODES.forEach((mode, abbreviation) -> {
      if (given.contains(mode)) {
        shown.add(abbreviation);
      }
    });
    return String.join(",", shown);
  }

  private static String claim(JsonObject volume) {
    JsonObject claim = NestedFields.object(volume, "spec", "claimRef");
    return claim == null
        ? ""
        : NestedFields.text(claim, "namespace") + "/" + NestedFields.text(claim, "name");
  }

  private static String storageClass(JsonObject object) {
    return NestedFields.textOr(
        NestedFields.text(object, "spec", "storageClassName"),
        object,
        "metadata",
        "annotations",
        OLD_CLASS_ANNOTATION);
  }

  private static String phase(JsonObject object) {
    return NestedFields.isDeleted(object)
        ? "Terminating"
        : NestedFields.text(object, "status", "phase");
  }

  private static boolean isBound(JsonObject claim) {
    return !NestedFields.text(claim, "spec", "volumeName").isEmpty();
  }

  private static String claimCapacity(JsonObject claim) {
    return isBound(claim) ? NestedFields.textOr("0", claim, "status", "capacity", "storage") : "";
  }

  private static String claimModes(JsonObject claim) {
    return isBound(claim) ? modes(claim, "status", "accessModes") : "";
  }

  private static String deviceClaimState(JsonObject claim) {
    List<String> states = new ArrayList<>();
    if (NestedFields.isDeleted(claim)) {
      states.add("deleted");
    }
    if (NestedFields.isThere(claim, "status", "allocation")) {
      states.add("allocated");
      if (NestedFields.size(NestedFields.at(claim, "status", "reservedFor")) > 0) {
        states.add("reserved");
      }
    } else if (!NestedFields.isDeleted(claim)) {
      states.add("pending");
    }
    return String.join(",", states);
  }

  private static String driverModes(JsonObject driver) {
    List<String> modes = NestedFields.texts(driver, "spec", "volumeLifecycleModes");
    return modes.isEmpty() ? NestedFields.NONE : String.join(",", modes);
  }

  private static String tokenRequests(JsonObject driver) {
    if (!NestedFields.isThere(driver, "spec", "tokenRequests")) {
      return NestedFields.UNSET;
    }
    return String.join(
        ",",
        NestedFields.objects(driver, "spec", "tokenRequests").stream()
            .map(request -> NestedFields.text(request, "audience"))
            .toList());
  }
}
