package dev.pintle.kube.podsecurity;

import static dev.pintle.kube.podsecurity.PodCheckTexts.counted;
import static dev.pintle.kube.podsecurity.PodCheckTexts.quoted;

import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The checks of where volumes come from.
final class VolumeChecks {
  private static final List<String> HARMLESS =
      List.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "image",
          "persistentVolumeClaim",
          "projected",
          "secret");

  private static final List<String> OTHERS =
      List.of(
          "hostPath",
          "gcePersistentDisk",
          "awsElasticBlockStore",
          "gitRepo",
          "nfs",
          "iscsi",
          "glusterfs",
          "rbd",
          "flexVolume",
          "cinder",
          "cephfs",
          "flocker",
          "fc",
          "azureFile",
          "vsphereVolume",
          "quobyte",
          "azureDisk",
          "photonPersistentDisk",
          "portworxVolume",
          "scaleIO",
          "storageos");

  private VolumeChecks() {}

  static @Nullable PodViolation hostPaths(PodUnderCheck pod) {
    List<String> names =
        pod.spec().objects("volumes").stream()
            .filter(volume -> volume.object("hostPath") != null)
            .map(volume -> volume.textOrEmpty("name"))
            .toList();
    return names.isEmpty()
        ? null
        : new PodViolation(
            "hostPath volumes", counted("volume", "volumes", names) + " " + quoted(names));
  }

  static @Nullable PodViolation types(PodUnderCheck pod) {
    List<String> names = new ArrayList<>(0);
    SortedSet<String> types = new TreeSet<>();
    for (JsonObject volume : pod.spec().objects("volumes")) {
      if (HARMLESS.stream().noneMatch(type -> volume.object(type) != null)) {
        names.add(volume.textOrEmpty("name"));
        types.add(
            OTHERS.stream()
                .filter(type -> volume.object(type) != null)
                .findFirst()
                .orElse("unknown"));
      }
    }
    if (names.isEmpty()) {
      return null;
    }
    String type = "restricted volume type";
    String detail =
        "%s %s %s %s %s"
            .formatted(
                counted("volume", "volumes", names),
                quoted(names),
                counted("uses", "use", names),
                counted(type, type + "s", types),
                quoted(types));
    return new PodViolation(type + "s", detail);
  }
}
