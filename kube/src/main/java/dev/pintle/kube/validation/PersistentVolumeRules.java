package dev.pintle.kube.validation;

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

  private static final String MOUNT_OPTIONS = "volume.beta.kubernetes.io/mount-options";
  private static final List<String> MOUNTED =
      List.of(
          "gcePersistentDisk",
          "awsElasticBlockStore",
          "glusterfs",
          "nfs",
          "rbd",
          "quobyte",
          "iscsi",
          "cinder",
          "cephfs",
          "azureFile",
          "vsphereVolume",
          "azureDisk",
          "photonPersistentDisk");

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("hostPath", "api.core.v1.HostPathVolumeSource"),
          Map.entry("gcePersistentDisk", "api.core.v1.GCEPersistentDiskVolumeSource"),
          Map.entry("awsElasticBlockStore", "api.core.v1.AWSElasticBlockStoreVolumeSource"),
          Map.entry("glusterfs", "api.core.v1.GlusterfsPersistentVolumeSource"),
          Map.entry("flocker", "api.core.v1.FlockerVolumeSource"),
          Map.entry("nfs", "api.core.v1.NFSVolumeSource"),
          Map.entry("rbd", "api.core.v1.RBDPersistentVolumeSource"),
          Map.entry("quobyte", "api.core.v1.QuobyteVolumeSource"),
          Map.entry("cephfs", "api.core.v1.CephFSPersistentVolumeSource"),
          Map.entry("iscsi", "api.core.v1.ISCSIPersistentVolumeSource"),
          Map.entry("cinder", "api.core.v1.CinderPersistentVolumeSource"),
          Map.entry("fc", "api.core.v1.FCVolumeSource"),
          Map.entry("flexVolume", "api.core.v1.FlexPersistentVolumeSource"),
          Map.entry("azureFile", "api.core.v1.AzureFilePersistentVolumeSource"),
          Map.entry("vsphereVolume", "api.core.v1.VsphereVirtualDiskVolumeSource"),
          Map.entry("photonPersistentDisk", "api.core.v1.PhotonPersistentDiskVolumeSource"),
          Map.entry("portworxVolume", "api.core.v1.PortworxVolumeSource"),
          Map.entry("azureDisk", "api.core.v1.AzureDiskVolumeSource"),
          Map.entry("scaleIO", "api.core.v1.ScaleIOPersistentVolumeSource"),
          Map.entry("local", "api.core.v1.LocalVolumeSource"),
          Map.entry("storageos", "api.core.v1.StorageOSPersistentVolumeSource"),
          Map.entry("csi", "api.core.v1.CSIPersistentVolumeSource"));

  private PersistentVolumeRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "annotatedMount", PersistentVolumeRules::annotatedMount,
        "nodesOfVolume", PersistentVolumeRules::nodes,
        "sourceOfVolume", PersistentVolumeRules::source,
        "recycledRoot", PersistentVolumeRules::recycledRoot,
        "attributesOfVolume", PersistentVolumeRules::attributes,
        "driverName", source -> CsiRules.driverName(source, "driver"),
        "fibreChannel", PersistentVolumeRules::fibreChannel,
        "optionsOfDriver", PersistentVolumeRules::optionsOfDriver);
  }

  /// The older way to say how it is mounted is for volumes that are.
  private static void annotatedMount(ValidatedObject volume) {
    ValidatedObject spec = volume.childOrEmpty("spec");
    JsonObject annotations = volume.childOrEmpty("metadata").map("annotations");
    if (annotations.has(MOUNT_OPTIONS) && MOUNTED.stream().noneMatch(spec::has)) {
      volume.add(
          FieldError.forbidden(
              FieldPath.of("metadata.annotations").child(MOUNT_OPTIONS),
              "may not specify mount options for this volume type"));
    }
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
      spec.context().rules().check(type, VolumeSourceRules.placed(spec, source));
    }
    boolean inline = spec.context().type().kind().equals("VolumeAttachment");
    if (source.equals("local") && (inline || !spec.has("nodeAffinity"))) {
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
