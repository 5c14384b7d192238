package dev.pintle.kube.warning;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.validation.FieldPath;
import java.util.List;
import java.util.function.Consumer;

/// The warnings of the volumes of a pod.
final class VolumeWarnings {
  private VolumeWarnings() {}

  static void of(FieldPath specPath, JsonObject spec, Consumer<String> warnings) {
    List<JsonObject> volumes = spec.objects("volumes");
    for (int i = 0; i < volumes.size(); i++) {
      FieldPath path = specPath.child("volumes").index(i);
      JsonObject volume = volumes.get(i);
      gone(path, volume, warnings);
      StorageWarnings.source(path, volume, warnings);
      JsonObject template = volume.objectOrEmpty("ephemeral").object("volumeClaimTemplate");
      if (template != null) {
        StorageWarnings.claim(
            path.child("ephemeral").child("volumeClaimTemplate").child("spec"),
            template.objectOrEmpty("spec"),
            warnings);
      }
      new VirtualPaths(volume, warnings).look();
    }
  }

  /// The kinds that only pods can have.
  private static void gone(FieldPath path, JsonObject volume, Consumer<String> warnings) {
    if (volume.object("gitRepo") != null) {
      warnings.accept(
          ObjectWarnings.shown(
              path.child("gitRepo"), "deprecated in v1.11, and disabled by default in v1.33+"));
    }
    for (String kind : List.of("flocker", "quobyte")) {
      if (volume.object(kind) != null) {
        warnings.accept(
            ObjectWarnings.shown(
                path.child(kind), "deprecated in v1.22, non-functional in v1.25+"));
      }
    }
  }
}
