package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.format.Ports;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.Map;

/// The rules of sources of volumes that networks and clouds have.
final class VolumeSourceRules {
  private static final int PARTITION_MAX = 255;
  private static final int UNIT_NUMBER_MAX = 255;
  private static final int TENANT_BYTES_MAX = 64;
  private static final int INITIATOR_BYTES_MAX = 64;
  private static final String MANAGED = "Managed";
  private static final String NAME_AND_PORTAL =
      "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.";
  private static final String HOST_PORTS =
      "must be a host:port pair or multiple pairs separated by commas";

  private VolumeSourceRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "descendingDirectory",
            source ->
                FilePaths.descending(source, source.text("directory"), source.path("directory")),
        "partition", VolumeSourceRules::partition,
        "endpointsNamespace", VolumeSourceRules::endpointsNamespace,
        "dataset", VolumeSourceRules::dataset,
        "registry", VolumeSourceRules::registry,
        "imageReference", VolumeSourceRules::imageReference,
        "diskAddress", VolumeSourceRules::diskAddress,
        "driverSecret", VolumeSourceRules::driverSecret,
        "iscsiOfPod", source -> iscsi(source, " starting with iqn, eui, or naa"),
        "iscsiOfVolume", VolumeSourceRules::iscsiOfVolume);
  }

  /// A source where errors place it: one has another name there.
  static ValidatedObject placed(ValidatedObject holder, String source) {
    String name = source.equals("gcePersistentDisk") ? "persistentDisk" : source;
    JsonObject structure = holder.structure().objectOrEmpty(source);
    return new ValidatedObject(holder.context(), holder.path(name), structure, null);
  }

  /// No partition is none of those that the message allows.
  private static void partition(ValidatedObject source) {
    long partition = source.number("partition");
    if (partition != 0) {
      source.invalidNumber("partition", Ports.within(partition, 1, PARTITION_MAX));
    }
  }

  private static void imageReference(ValidatedObject image) {
    if (image.text("reference").isEmpty()
        && !OldFaults.inPod(image.context(), PodFault.NAMELESS_IMAGE)) {
      image.required("reference", "");
    }
  }

  private static void endpointsNamespace(ValidatedObject source) {
    String field = "endpointsNamespace";
    if (source.has(field) && source.text(field).isEmpty()) {
      source.invalid(field, "if the endpointnamespace is set, it must be a valid namespace name");
    } else if (source.has(field)) {
      source.invalid(field, Formats.dns1123Label(source.text(field)));
    }
  }

  private static void dataset(ValidatedObject source) {
    boolean named = !source.text("datasetName").isEmpty();
    boolean identified = !source.text("datasetUUID").isEmpty();
    if (!named && !identified) {
      source.add(
          FieldError.required(source.path(), "one of datasetName and datasetUUID is required"));
    }
    if (named && identified) {
      source.add(
          FieldError.invalid(
              source.path(),
              Json.of("resource"),
              "datasetName and datasetUUID can not be specified simultaneously"));
    }
    if (source.text("datasetName").indexOf('/') >= 0) {
      source.invalid("datasetName", "must not contain '/'");
    }
  }

  private static void registry(ValidatedObject source) {
    String registry = source.text("registry");
    if (registry.isEmpty()) {
      source.required("registry", HOST_PORTS);
    } else if (Formats.isLonger(source.text("tenant"), TENANT_BYTES_MAX)) {
      source.required("tenant", "must be a UUID and may not exceed a length of 64 characters");
    } else if (!List.of(registry.split(",", -1)).stream().allMatch(InitiatorNames::isHostPort)) {
      source.invalid("registry", HOST_PORTS);
    }
  }

  private static void diskAddress(ValidatedObject source) {
    if (!source.has("kind")) {
      return;
    }
    boolean managed = source.text("kind").equals(MANAGED);
    if (!source.text("diskURI").startsWith(managed ? "/subscriptions/" : "https://")) {
      source.notSupported(
          "diskURI",
          managed
              ? "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}"
              : "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd");
    }
  }

  private static void iscsiOfVolume(ValidatedObject source) {
    boolean ofVolume = source.context().type().kind().equals("PersistentVolume");
    String name =
        ofVolume ? source.context().object().objectOrEmpty("metadata").textOrEmpty("name") : "";
    String portal = source.text("targetPortal");
    if (isTooLong(source, name)) {
      source.add(FieldError.invalid(source.path("targetportal"), Json.of(portal), NAME_AND_PORTAL));
    }
    iscsi(source, "");
  }

  /// Whether the name of a volume and where it is reached are too much for the one who reaches it.
  private static boolean isTooLong(ValidatedObject source, String volume) {
    return source.has("initiatorName")
        && Formats.isLonger(volume + ":" + source.text("targetPortal"), INITIATOR_BYTES_MAX);
  }

  /// What is told of a volume of a pod beside its source.
  static void besideSource(ValidatedObject volume, String source) {
    if (source.equals("iscsi") && isTooLong(volume.childOrEmpty(source), volume.text("name"))) {
      volume.invalid("name", NAME_AND_PORTAL);
    }
  }

  /// The secret of a driver, which errors place at the driver.
  private static void driverSecret(ValidatedObject source) {
    ValidatedObject secret = source.child("nodePublishSecretRef");
    if (secret != null && secret.text("name").isEmpty()) {
      secret.required("name", "");
    } else if (secret != null) {
      String name = secret.text("name");
      for (String complaint : Formats.dns1123Subdomain(name)) {
        source.add(FieldError.invalid(source.path("name"), Json.of(name), complaint));
      }
    }
  }

  /// @param hint what messages add about how names begin
  private static void iscsi(ValidatedObject source, String hint) {
    String target = source.text("iqn");
    if (target.isEmpty()) {
      source.required("iqn", "");
    } else {
      name(source, target, source.path("iqn"), hint);
    }
    source.invalidNumber("lun", Ports.within(source.number("lun"), 0, UNIT_NUMBER_MAX));
    boolean secret = source.isTrue("chapAuthDiscovery") || source.isTrue("chapAuthSession");
    if (secret && !source.has("secretRef")) {
      source.required("secretRef", "");
    }
    ValidatedObject reference = source.child("secretRef");
    if (hint.isEmpty() && reference != null && reference.text("name").isEmpty()) {
      reference.required("name", "");
    }
    if (source.has("initiatorName")) {
      name(source, source.text("initiatorName"), source.path("initiatorname"), hint);
    }
  }

  private static void name(ValidatedObject source, String name, FieldPath path, String hint) {
    if (!InitiatorNames.hasKnownBeginning(name)) {
      source.add(FieldError.invalid(path, Json.of(name), "must be valid format" + hint));
    } else if (!InitiatorNames.isName(name)) {
      source.add(FieldError.invalid(path, Json.of(name), "must be valid format"));
    }
  }
}
