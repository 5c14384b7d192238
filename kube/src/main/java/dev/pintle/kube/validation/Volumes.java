package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The volumes of a pod.
final class Volumes {
  private static final String ONE_TYPE = "may not specify more than 1 volume type";
  // In the order in which the API looks, so that the second one is refused.
  private static final List<String> SOURCES =
      List.of(
          "emptyDir",
          "hostPath",
          "gitRepo",
          "gcePersistentDisk",
          "awsElasticBlockStore",
          "secret",
          "nfs",
          "iscsi",
          "glusterfs",
          "flocker",
          "persistentVolumeClaim",
          "rbd",
          "cinder",
          "cephfs",
          "quobyte",
          "downwardAPI",
          "fc",
          "flexVolume",
          "configMap",
          "azureFile",
          "vsphereVolume",
          "photonPersistentDisk",
          "portworxVolume",
          "azureDisk",
          "storageos",
          "projected",
          "scaleIO",
          "csi",
          "ephemeral",
          "image");
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("emptyDir", "api.core.v1.EmptyDirVolumeSource"),
          Map.entry("hostPath", "api.core.v1.HostPathVolumeSource"),
          Map.entry("secret", "api.core.v1.SecretVolumeSource"),
          Map.entry("nfs", "api.core.v1.NFSVolumeSource"),
          Map.entry("persistentVolumeClaim", "api.core.v1.PersistentVolumeClaimVolumeSource"),
          Map.entry("configMap", "api.core.v1.ConfigMapVolumeSource"),
          Map.entry("gitRepo", "api.core.v1.GitRepoVolumeSource"),
          Map.entry("gcePersistentDisk", "api.core.v1.GCEPersistentDiskVolumeSource"),
          Map.entry("awsElasticBlockStore", "api.core.v1.AWSElasticBlockStoreVolumeSource"),
          Map.entry("iscsi", "api.core.v1.ISCSIVolumeSource"),
          Map.entry("glusterfs", "api.core.v1.GlusterfsVolumeSource"),
          Map.entry("flocker", "api.core.v1.FlockerVolumeSource"),
          Map.entry("rbd", "api.core.v1.RBDVolumeSource"),
          Map.entry("cinder", "api.core.v1.CinderVolumeSource"),
          Map.entry("cephfs", "api.core.v1.CephFSVolumeSource"),
          Map.entry("quobyte", "api.core.v1.QuobyteVolumeSource"),
          Map.entry("azureFile", "api.core.v1.AzureFileVolumeSource"),
          Map.entry("vsphereVolume", "api.core.v1.VsphereVirtualDiskVolumeSource"),
          Map.entry("photonPersistentDisk", "api.core.v1.PhotonPersistentDiskVolumeSource"),
          Map.entry("portworxVolume", "api.core.v1.PortworxVolumeSource"),
          Map.entry("azureDisk", "api.core.v1.AzureDiskVolumeSource"),
          Map.entry("storageos", "api.core.v1.StorageOSVolumeSource"),
          Map.entry("scaleIO", "api.core.v1.ScaleIOVolumeSource"),
          Map.entry("csi", "api.core.v1.CSIVolumeSource"),
          Map.entry("fc", "api.core.v1.FCVolumeSource"),
          Map.entry("flexVolume", "api.core.v1.FlexVolumeSource"),
          Map.entry("image", "api.core.v1.ImageVolumeSource"));
  // What errors call a source that is one too many.
  private static final Map<String, String> SHOWN_AS =
      Map.of("cephfs", "cephFS", "downwardAPI", "downwarAPI");

  private Volumes() {}

  /// @return the valid ones by name
  static Map<String, JsonObject> check(ValidatedObject spec) {
    Map<String, JsonObject> valid = new HashMap<>();
    FieldErrorList findings = spec.context().findings();
    String pod = podName(spec);
    Set<String> claims = claimsMade(spec, pod);
    for (ValidatedObject volume : spec.items("volumes")) {
      int before = findings.size();
      sources(volume, pod);
      String name = volume.text("name");
      if (name.isEmpty()) {
        volume.required("name", "");
      } else {
        volume.invalid("name", Formats.dns1123Label(name));
      }
      if (valid.containsKey(name)) {
        volume.duplicate("name");
      }
      if (findings.size() == before) {
        valid.put(name, volume.structure());
      }
      madeClaim(volume, claims);
    }
    return valid;
  }

  /// Empty for a template, whose pods have names later.
  private static String podName(ValidatedObject spec) {
    boolean pod = spec.context().type().kind().equals("Pod");
    return pod ? spec.context().root().childOrEmpty("metadata").text("name") : "";
  }

  private static Set<String> claimsMade(ValidatedObject spec, String pod) {
    Set<String> claims = new HashSet<>();
    if (!pod.isEmpty()) {
      for (ValidatedObject volume : spec.items("volumes")) {
        if (volume.has("ephemeral")) {
          claims.add(pod + "-" + volume.text("name"));
        }
      }
    }
    return claims;
  }

  private static void madeClaim(ValidatedObject volume, Set<String> claims) {
    ValidatedObject claim = volume.child("persistentVolumeClaim");
    if (claim != null && claims.contains(claim.text("claimName"))) {
      claim.invalid(
          "claimName", "must not reference a PVC that gets created for an ephemeral volume");
    }
  }

  private static void sources(ValidatedObject volume, String pod) {
    int sources = 0;
    for (String source : SOURCES) {
      if (!volume.has(source)) {
        continue;
      }
      if (++sources > 1) {
        volume.forbidden(SHOWN_AS.getOrDefault(source, source), ONE_TYPE);
      } else {
        source(volume, source, pod);
      }
    }
    if (sources == 0) {
      volume.add(FieldError.required(volume.path(), "must specify a volume type"));
    }
  }

  private static void source(ValidatedObject volume, String source, String pod) {
    switch (source) {
      case "downwardAPI" -> Projections.downwardApi(volume.childOrEmpty(source));
      case "projected" -> Projections.check(volume.childOrEmpty(source));
      case "ephemeral" -> ephemeral(volume, pod);
      default -> {
        if (TYPES.get(source) instanceof String type) {
          volume.context().rules().check(type, VolumeSourceRules.placed(volume, source));
        }
        VolumeSourceRules.besideSource(volume, source);
      }
    }
  }

  private static void ephemeral(ValidatedObject volume, String pod) {
    ValidatedObject ephemeral = volume.childOrEmpty("ephemeral");
    if (!ephemeral.has("volumeClaimTemplate")) {
      ephemeral.required("volumeClaimTemplate", "");
    } else {
      ValidatedObject template = ephemeral.childOrEmpty("volumeClaimTemplate");
      DeviceClaimRules.templateMetadata(template);
      template.check("spec", "api.core.v1.PersistentVolumeClaimSpec");
    }
    String name = volume.text("name");
    if (!pod.isEmpty() && !name.isEmpty()) {
      String claim = pod + "-" + name;
      for (String complaint : Formats.dns1123Subdomain(claim)) {
        String detail = "PVC name %s: %s".formatted(GoText.quote(claim), complaint);
        volume.add(FieldError.invalid(volume.path("name"), Json.of(name), detail));
      }
    }
  }
}
