package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.format.Ports;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The rules of what persistent volumes are made of, and of the sources that they share with the volumes of pods.
final class PersistentVolumeRules {
  private static final int DRIVER_BYTES_MAX = 63;
  private static final int UNIT_NUMBER_MAX = 255;

  /// In the order in which they are looked at.
  private static final List<String> SOURCES =
      List.of(
          "hostPath",
          "gcePersistentDisk",
          "awsElasticBlockStore",
          "glusterfs",
          "flocker",
          "nfs",
          "rbd",
          "quobyte",
          "cephfs",
          "iscsi",
          "cinder",
          "fc",
          "flexVolume",
          "azureFile",
          "vsphereVolume",
          "photonPersistentDisk",
          "portworxVolume",
          "azureDisk",
          "scaleIO",
          "local",
          "storageos",
          "csi");

  private static final Map<String, String> TYPES =
      Map.of(
          "hostPath", "api.core.v1.HostPathVolumeSource",
          "nfs", "api.core.v1.NFSVolumeSource",
          "fc", "api.core.v1.FCVolumeSource",
          "flexVolume", "api.core.v1.FlexPersistentVolumeSource",
          "local", "api.core.v1.LocalVolumeSource",
          "csi", "api.core.v1.CSIPersistentVolumeSource");

  private PersistentVolumeRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "nodesOfVolume", PersistentVolumeRules::nodes,
        "sourceOfVolume", PersistentVolumeRules::source,
        "recycledRoot", PersistentVolumeRules::recycledRoot,
        "attributesOfVolume", PersistentVolumeRules::attributes,
        "driverName", PersistentVolumeRules::driverName,
        "fibreChannel", PersistentVolumeRules::fibreChannel,
        "optionsOfDriver", PersistentVolumeRules::optionsOfDriver);
  }

  /// The nodes from which the volume can be reached.
  private static void nodes(ValidatedObject spec) {
    ValidatedObject affinity = spec.child("nodeAffinity");
    if (affinity == null) {
      return;
    }
    if (affinity.has("required")) {
      affinity.check("required", "api.core.v1.NodeSelector");
    } else {
      affinity.required("required", "must specify required node constraints");
    }
  }

  private static void source(ValidatedObject spec) {
    boolean found = false;
    for (String source : SOURCES) {
      if (!spec.has(source)) {
        continue;
      }
      if (found && !source.equals("flexVolume")) {
        spec.forbidden(
            source.equals("cephfs") ? "cephFS" : source, "may not specify more than 1 volume type");
      } else {
        source(spec, source);
      }
      found = true;
    }
    if (!found) {
      spec.add(FieldError.required(spec.path(), "must specify a volume type"));
    }
  }

  private static void source(ValidatedObject spec, String source) {
    if (TYPES.get(source) instanceof String type) {
      spec.check(source, type);
    }
    if (source.equals("local") && !spec.has("nodeAffinity")) {
      spec.required("nodeAffinity", "Local volume requires node affinity");
    }
  }

  /// To recycle a volume is to delete what is in it.
  private static void recycledRoot(ValidatedObject spec) {
    ValidatedObject folder = spec.child("hostPath");
    if (folder != null
        && spec.text("persistentVolumeReclaimPolicy").equals("Recycle")
        && isRoot(folder.text("path"))) {
      spec.forbidden(
          "persistentVolumeReclaimPolicy", "may not be 'recycle' for a hostPath mount of '/'");
    }
  }

  private static boolean isRoot(String path) {
    Deque<String> names = new ArrayDeque<>();
    for (String name : path.split("/", -1)) {
      switch (name) {
        case "", "." -> {}
        case ".." -> names.pollLast();
        default -> names.add(name);
      }
    }
    return path.startsWith("/") && names.isEmpty();
  }

  private static void attributes(ValidatedObject spec) {
    if (spec.has("volumeAttributesClassName") && !spec.has("csi")) {
      spec.required("csi", "has to be specified when using volumeAttributesClassName");
    }
  }

  /// A domain in letters of either case.
  private static void driverName(ValidatedObject source) {
    String driver = source.text("driver");
    if (driver.isEmpty()) {
      source.required("driver", "");
      return;
    }
    if (Formats.isLonger(driver, DRIVER_BYTES_MAX)) {
      source.add(FieldError.tooLong(source.path("driver"), DRIVER_BYTES_MAX));
    }
    source.invalid("driver", Formats.dns1123Subdomain(driver.toLowerCase(Locale.ROOT)));
  }

  private static void fibreChannel(ValidatedObject source) {
    boolean hasNames = source.count("targetWWNs") > 0;
    boolean hasIdentifiers = source.count("wwids") > 0;
    if (!hasNames && !hasIdentifiers) {
      source.required("targetWWNs", "must specify either targetWWNs or wwids, but not both");
    }
    if (hasNames && hasIdentifiers) {
      source.invalid("targetWWNs", "targetWWNs and wwids can not be specified simultaneously");
    }
    if (hasNames && !source.has("lun")) {
      source.required("lun", "lun is required if targetWWNs is specified");
    } else if (hasNames) {
      source.invalidNumber("lun", Ports.within(source.number("lun"), 0, UNIT_NUMBER_MAX));
    }
  }

  private static void optionsOfDriver(ValidatedObject source) {
    for (JsonObject.Field option : source.map("options")) {
      String name = option.name();
      int slash = name.indexOf('/');
      String domain = "." + (slash < 0 ? name : name.substring(0, slash)).toLowerCase(Locale.ROOT);
      if (domain.endsWith(".kubernetes.io") || domain.endsWith(".k8s.io")) {
        source.add(
            FieldError.invalid(
                source.path("options").key(name),
                Json.of(name),
                "kubernetes.io and k8s.io namespaces are reserved"));
      }
    }
  }
}
