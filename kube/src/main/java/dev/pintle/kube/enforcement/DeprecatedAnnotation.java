package dev.pintle.kube.enforcement;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ResourceType;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An annotation that is still obeyed and that upstream warns of.
public enum DeprecatedAnnotation {
  ENFORCE_MOUNTABLE_SECRETS(
      "serviceaccounts",
      "kubernetes.io/enforce-mountable-secrets",
      "deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets",
      true),
  STORAGE_CLASS(
      "persistentvolumeclaims",
      "volume.beta.kubernetes.io/storage-class",
      Advice.STORAGE_CLASS,
      false),
  VOLUME_STORAGE_CLASS(
      "persistentvolumes", "volume.beta.kubernetes.io/storage-class", Advice.STORAGE_CLASS, false),
  MOUNT_OPTIONS(
      "persistentvolumes",
      "volume.beta.kubernetes.io/mount-options",
      "deprecated since v1.31; use \"mountOptions\" attribute instead",
      false);

  /// The advice that more than one annotation gets.
  private static final class Advice {
    private static final String STORAGE_CLASS =
        "deprecated since v1.8; use \"storageClassName\" attribute instead";
  }

  private final String groupResource;
  private final String name;
  private final String advice;
  private final boolean onceOnly;

  /// @param onceOnly whether only who adds it is warned
  DeprecatedAnnotation(String groupResource, String name, String advice, boolean onceOnly) {
    this.groupResource = groupResource;
    this.name = name;
    this.advice = advice;
    this.onceOnly = onceOnly;
  }

  /// @param old null for a new object
  public static Stream<String> warnings(
      ResourceType type, JsonObject object, @Nullable JsonObject old) {
    if (object.objectOrEmpty("metadata").object("annotations") == null) {
      return Stream.empty();
    }
    String written = type.groupResource();
    return Stream.of(values())
        .filter(each -> each.groupResource.equals(written))
        .filter(each -> each.isOn(object) && !(each.onceOnly && old != null && each.isOn(old)))
        .map(each -> "metadata.annotations[%s]: %s".formatted(each.name, each.advice));
  }

  private boolean isOn(JsonObject object) {
    JsonObject annotations = object.objectAt("metadata").object("annotations");
    return annotations != null && annotations.has(name);
  }
}
