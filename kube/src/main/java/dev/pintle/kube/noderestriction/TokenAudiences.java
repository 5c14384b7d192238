package dev.pintle.kube.noderestriction;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.StoredObject;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The audiences for which a pod wants tokens: for itself, and for the storage drivers of its volumes.
final class TokenAudiences {
  /// The drivers that took over what was once built in.
  private static final Map<String, String> DRIVERS =
      Map.of(
          "awsElasticBlockStore", "ebs.csi.aws.com",
          "azureDisk", "disk.csi.azure.com",
          "azureFile", "file.csi.azure.com",
          "cinder", "cinder.csi.openstack.org",
          "gcePersistentDisk", "pd.csi.storage.gke.io",
          "portworxVolume", "pxd.portworx.com",
          "vsphereVolume", "csi.vsphere.vmware.com");

  private final Function<String, ResourceType> types;

  /// @param types finds claims, volumes and drivers by their plural
  TokenAudiences(Function<String, ResourceType> types) {
    this.types = types;
  }

  /// The outcome of a search.
  ///
  /// @param problem what could not be looked at; empty when all could
  record Search(boolean found, String problem) {}

  Search search(NodeAttempt attempt, String audience, JsonObject pod) {
    Set<String> missing = new LinkedHashSet<>();
    for (JsonObject volume : pod.objectOrEmpty("spec").objects("volumes")) {
      boolean found =
          projects(volume, audience)
              || driver(attempt, pod, volume, missing)
                  .filter(driver -> wants(attempt, driver, audience, missing))
                  .isPresent();
      if (found) {
        return new Search(true, "");
      }
    }
    String problem =
        missing.size() > 1 ? "[" + String.join(", ", missing) + "]" : String.join("", missing);
    return new Search(false, problem);
  }

  private static boolean projects(JsonObject volume, String audience) {
    return volume.objectOrEmpty("projected").objects("sources").stream()
        .map(source -> source.object("serviceAccountToken"))
        .anyMatch(token -> token != null && token.textOrEmpty("audience").equals(audience));
  }

  /// @param missing takes what is not there
  private Optional<String> driver(
      NodeAttempt attempt, JsonObject pod, JsonObject volume, Set<String> missing) {
    JsonObject claim = volume.object("persistentVolumeClaim");
    JsonObject csi = volume.object("csi");
    if (volume.objectOrEmpty("ephemeral").object("volumeClaimTemplate") != null) {
      String owner = pod.objectOrEmpty("metadata").textOrEmpty("name");
      return ofClaim(attempt, owner + "-" + volume.textOrEmpty("name"), missing);
    }
    if (claim != null) {
      return ofClaim(attempt, claim.textOrEmpty("claimName"), missing);
    }
    return csi == null ? migrated(volume) : Optional.of(csi.textOrEmpty("driver"));
  }

  private static Optional<String> migrated(JsonObject source) {
    return DRIVERS.entrySet().stream()
        .filter(driver -> source.object(driver.getKey()) != null)
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private Optional<String> ofClaim(NodeAttempt attempt, String name, Set<String> missing) {
    return find(attempt, "persistentvolumeclaims", name, missing)
        .flatMap(
            claim -> find(attempt, "persistentvolumes", claim.text("spec.volumeName"), missing))
        .flatMap(volume -> {
          JsonObject spec = volume.tree().objectOrEmpty("spec");
          JsonObject csi = spec.object("csi");
          return csi == null ? migrated(spec) : Optional.of(csi.textOrEmpty("driver"));
        });
  }

  private boolean wants(NodeAttempt attempt, String driver, String audience, Set<String> missing) {
    return !driver.isEmpty()
        && find(attempt, "csidrivers", driver, missing)
            .map(StoredObject::tree)
            .filter(found ->
                found.objectOrEmpty("spec").objects("tokenRequests").stream()
                    .anyMatch(token -> token.textOrEmpty("audience").equals(audience)))
            .isPresent();
  }

  private Optional<StoredObject> find(
      NodeAttempt attempt, String plural, String name, Set<String> missing) {
    ResourceType type = types.apply(plural);
    String namespace = type.namespaced() ? attempt.request().namespace() : "";
    StoredObject found = attempt.view().find(type, namespace, name);
    if (found == null) {
      missing.add(NodeAttempt.missing(type, name));
    }
    return Optional.ofNullable(found);
  }
}
