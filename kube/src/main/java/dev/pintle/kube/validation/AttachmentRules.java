package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.format.Ports;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.Map;

/// The rules of attachments of volumes to nodes.
final class AttachmentRules {
  private static final int METADATA_BYTES_MAX = 256 * 1024;
  private static final int MESSAGE_BYTES_MAX = 1024;
  private static final String ONE_SOURCE =
      "must specify exactly one of inlineVolumeSpec and persistentVolumeName";
  private static final String NOT_INLINE = "may not be specified in the context of inline volumes";

  private AttachmentRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "attacher", attachment -> CsiRules.driverName(attachment.childOrEmpty("spec"), "attacher"),
        "attacherBytes",
            attachment -> CsiRules.driverNameBytes(attachment.childOrEmpty("spec"), "attacher"),
        "attachedVolume", AttachmentRules::source,
        "attachmentStatus", AttachmentRules::status,
        "attachedName", AttachmentRules::name,
        "attachmentKept", AttachmentRules::kept,
        "inlineVolumeOnly", AttachmentRules::inlineOnly,
        "inlineVolumeTraits", AttachmentRules::inlineTraits,
        "inlineVolumeClass", AttachmentRules::inlineClass);
  }

  private static void source(ValidatedObject spec) {
    ValidatedObject source = spec.childOrEmpty("source");
    boolean inline = source.has("inlineVolumeSpec");
    boolean named = source.has("persistentVolumeName");
    if (!inline && !named) {
      source.add(FieldError.required(source.path(), ONE_SOURCE));
    } else if (inline && named) {
      source.add(FieldError.forbidden(source.path(), ONE_SOURCE));
    } else if (inline) {
      source.check("inlineVolumeSpec", "InlineVolumeSpec");
    } else if (source.text("persistentVolumeName").isEmpty()) {
      source.required("persistentVolumeName", "must specify non empty persistentVolumeName");
    }
  }

  /// Looked at even where the source is refused.
  private static void name(ValidatedObject attachment) {
    ValidatedObject source = attachment.childOrEmpty("spec").childOrEmpty("source");
    if (source.has("persistentVolumeName")) {
      source.invalid(
          "persistentVolumeName", Formats.dns1123Subdomain(source.text("persistentVolumeName")));
    }
  }

  /// A volume that is described without a word is not one that is not described.
  private static void kept(ValidatedObject attachment) {
    JsonObject old = attachment.old();
    JsonObject before = old == null ? new JsonObject() : old.objectOrEmpty("spec");
    JsonObject now = attachment.structure().objectOrEmpty("spec");
    if (!Immutable.same(now, before) || describes(now) != describes(before)) {
      attachment.add(FieldError.invalid(attachment.path("spec"), Json.NULL, Immutable.MESSAGE));
    }
  }

  private static boolean describes(JsonObject spec) {
    return spec.objectOrEmpty("source").object("inlineVolumeSpec") != null;
  }

  private static void inlineOnly(ValidatedObject spec) {
    if (spec.has("claimRef")) {
      spec.forbidden("claimRef", NOT_INLINE);
    }
    if (!spec.map("capacity").isEmpty()) {
      spec.forbidden("capacity", NOT_INLINE);
    }
    if (!spec.has("csi")) {
      spec.required("csi", "has to be specified in the context of inline volumes");
    }
  }

  private static void inlineTraits(ValidatedObject spec) {
    String policy = spec.text("persistentVolumeReclaimPolicy");
    if (!policy.isEmpty() && !policy.equals("Retain")) {
      spec.forbidden(
          "persistentVolumeReclaimPolicy", "may only be Retain in the context of inline volumes");
    }
    if (spec.has("nodeAffinity")) {
      spec.forbidden("nodeAffinity", NOT_INLINE);
    }
  }

  private static void inlineClass(ValidatedObject spec) {
    if (!spec.text("storageClassName").isEmpty()) {
      spec.forbidden("storageClassName", NOT_INLINE);
    }
    if (spec.has("volumeMode") && !spec.text("volumeMode").equals("Filesystem")) {
      spec.forbidden(
          "volumeMode",
          "may not specify volumeMode other than Filesystem in the context of inline volumes");
    }
  }

  private static void status(ValidatedObject attachment) {
    ValidatedObject status = attachment.childOrEmpty("status");
    long size = 0;
    for (JsonObject.Field entry : status.map("attachmentMetadata")) {
      size += Formats.bytes(entry.name());
      size += entry.value() instanceof Json.Text(var text) ? Formats.bytes(text) : 0;
    }
    if (size > METADATA_BYTES_MAX) {
      status.add(FieldError.tooLong(status.path("attachmentMetadata"), METADATA_BYTES_MAX));
    }
    error(status, "attachError");
    error(status, "detachError");
  }

  private static void error(ValidatedObject status, String field) {
    ValidatedObject error = status.child(field);
    if (error == null) {
      return;
    }
    if (Formats.isLonger(error.text("message"), MESSAGE_BYTES_MAX)) {
      error.add(FieldError.tooLong(error.path("message"), MESSAGE_BYTES_MAX));
    }
    error.invalidNumber("errorCode", Ports.within(error.number("errorCode"), 0, Integer.MAX_VALUE));
  }
}
