package dev.pintle.kube.warning;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.quantity.Quantity;
import dev.pintle.kube.quantity.QuantitySyntaxException;
import dev.pintle.kube.validation.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The warnings of volumes, claims and what describes storage, and of amounts of bytes that are none.
final class StorageWarnings {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final long MILLI = 1_000;
  private static final int SHORT_MAX = 18;

  /// The kinds of volumes that nothing serves any more, as volumes of their own.
  private static final Map<String, String> GONE =
      Map.of(
          "cephfs", "deprecated in v1.28, non-functional in v1.31+",
          "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+",
          "scaleIO", "deprecated in v1.16, non-functional in v1.22+",
          "storageos", "deprecated in v1.22, non-functional in v1.25+",
          "glusterfs", "deprecated in v1.25, non-functional in v1.26+",
          "rbd", "deprecated in v1.28, non-functional in v1.31+");

  private StorageWarnings() {}

  static void volume(JsonObject volume, Consumer<String> warnings) {
    JsonObject spec = volume.objectOrEmpty("spec");
    if (spec.textOrEmpty("persistentVolumeReclaimPolicy").equals("Recycle")) {
      warnings.accept(
          "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.");
    }
    List<JsonObject> terms =
        spec.objectOrEmpty("nodeAffinity").objectOrEmpty("required").objects("nodeSelectorTerms");
    FieldPath path = FieldPath.of("spec.nodeAffinity.required.nodeSelectorTerms");
    for (int i = 0; i < terms.size(); i++) {
      NodeLabelWarnings.term(path.index(i), terms.get(i), false, warnings);
    }
    source(SPEC, spec, warnings);
  }

  /// @param holder of the source, a volume or what describes one
  static void source(FieldPath path, JsonObject holder, Consumer<String> warnings) {
    for (int i = 0; i < holder.size(); i++) {
      String advice = GONE.get(holder.nameAt(i));
      if (advice != null) {
        String name = holder.nameAt(i);
        warnings.accept(
            ObjectWarnings.shown(
                path.child(name.equals("storageos") ? "storageOS" : name), advice));
      }
    }
  }

  static void claim(FieldPath path, JsonObject spec, Consumer<String> warnings) {
    for (String list : List.of("requests", "limits")) {
      fraction(
          path.child("resources").child(list),
          spec.objectOrEmpty("resources").objectOrEmpty(list),
          "storage",
          warnings);
    }
  }

  /// An amount of something that comes in whole bytes.
  static void fraction(
      FieldPath path, JsonObject amounts, String resource, Consumer<String> warnings) {
    if (amounts.get(resource) instanceof Json.Text(var text) && isFraction(text)) {
      warnings.accept(
          "%s: fractional byte value \"%s\" is invalid, must be an integer"
              .formatted(path.key(resource), text));
    }
  }

  /// To the thousandth, to which amounts are rounded up before they are looked at. Whole ones that upstream computes with many
  /// digits, and that are too many thousandths for 64 bits, are taken for fractions there.
  private static boolean isFraction(String text) {
    try {
      Quantity amount = Quantity.parse(text);
      boolean isShort = !text.endsWith("i") && text.length() <= SHORT_MAX;
      boolean isExact = amount.isWhole() && isShort;
      return !isExact && amount.wrappedMilliValue() % MILLI != 0;
    } catch (QuantitySyntaxException wrong) {
      return false;
    }
  }

  static void storageClass(JsonObject storageClass, Consumer<String> warnings) {
    List<JsonObject> topologies = storageClass.objects("allowedTopologies");
    for (int i = 0; i < topologies.size(); i++) {
      List<JsonObject> expressions = topologies.get(i).objects("matchLabelExpressions");
      for (int j = 0; j < expressions.size(); j++) {
        String advice = NodeLabelWarnings.of(expressions.get(j).textOrEmpty("key"));
        if (advice != null) {
          FieldPath path =
              FieldPath.of("allowedTopologies").index(i).child("matchLabelExpressions").index(j);
          warnings.accept(ObjectWarnings.shown(path.child("key"), advice));
        }
      }
    }
  }

  static void capacity(JsonObject capacity, Consumer<String> warnings) {
    JsonObject topology = capacity.object("nodeTopology");
    if (topology != null) {
      NodeLabelWarnings.selector(FieldPath.of("nodeTopology"), topology, warnings);
    }
  }

  /// @param old null for a new driver
  static void driver(JsonObject driver, @Nullable JsonObject old, Consumer<String> warnings) {
    JsonObject spec = driver.objectOrEmpty("spec");
    boolean asks = !spec.arrayOrEmpty("tokenRequests").isEmpty();
    boolean isChanged =
        old == null
            || !Objects.equals(
                old.objectOrEmpty("spec").get("tokenRequests"), spec.get("tokenRequests"));
    if (asks && isChanged && !spec.has("serviceAccountTokenInSecrets")) {
      warnings.accept(
          "spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes");
    }
  }
}
