package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The rules of volumes that are made of several sources, or of what is known of the pod.
final class Projections {
  private static final long TOKEN_SECONDS_MIN = 600;
  private static final long TOKEN_SECONDS_MAX = 1L << 32;
  private static final List<String> FILE_FIELDS =
      List.of(
          "metadata.annotations",
          "metadata.labels",
          "metadata.name",
          "metadata.namespace",
          "metadata.uid");
  private static final List<String> SOURCES =
      List.of(
          "secret",
          "configMap",
          "downwardAPI",
          "serviceAccountToken",
          "clusterTrustBundle",
          "podCertificate");

  private Projections() {}

  static void downwardApi(ValidatedObject volume) {
    VolumeRules.fileMode(volume, "defaultMode");
    for (ValidatedObject file : volume.items("items")) {
      // Errors leave out which file it is.
      file(new ValidatedObject(file.context(), volume.path(), file.structure(), null));
    }
  }

  private static void file(ValidatedObject file) {
    if (file.text("path").isEmpty()) {
      file.required("path", "");
    }
    FilePaths.descendingNonReserved(file, file.text("path"), file.path("path"));
    if (file.has("fieldRef")) {
      EnvVarRules.podField(file.childOrEmpty("fieldRef"), FILE_FIELDS);
      if (file.has("resourceFieldRef")) {
        String detail = "fieldRef and resourceFieldRef can not be specified simultaneously";
        file.add(FieldError.invalid(file.path(), Json.of("resource"), detail));
      }
    } else if (file.has("resourceFieldRef")) {
      EnvVarRules.resourceField(file.childOrEmpty("resourceFieldRef"), true);
    } else {
      file.add(
          FieldError.required(file.path(), "one of fieldRef and resourceFieldRef is required"));
    }
    VolumeRules.fileMode(file, "mode");
  }

  static void check(ValidatedObject volume) {
    VolumeRules.fileMode(volume, "defaultMode");
    Set<String> paths = new HashSet<>();
    for (ValidatedObject source : volume.items("sources")) {
      int count = 0;
      for (String kind : SOURCES) {
        ValidatedObject part = source.child(kind);
        if (part != null) {
          count++;
          part(volume, part, kind, paths);
        }
      }
      if (count > 1) {
        source.add(
            FieldError.forbidden(
                source.path(), "may not specify more than 1 volume type per source"));
      }
    }
  }

  private static void part(
      ValidatedObject volume, ValidatedObject part, String kind, Set<String> paths) {
    switch (kind) {
      case "secret", "configMap" -> items(volume, part, paths);
      case "downwardAPI" -> {
        for (ValidatedObject file : part.items("items")) {
          file(new ValidatedObject(file.context(), part.path(), file.structure(), null));
          conflict(volume, file.text("path"), file.text("path"), paths);
        }
      }
      case "serviceAccountToken" -> token(volume, part);
      case "clusterTrustBundle" -> ProjectedCertificates.bundle(volume, part, paths);
      case "podCertificate" -> ProjectedCertificates.ofPod(volume, part, paths);
      default -> {}
    }
  }

  private static void items(ValidatedObject volume, ValidatedObject part, Set<String> paths) {
    if (part.text("name").isEmpty()) {
      part.required("name", "");
    }
    for (ValidatedObject item : part.items("items")) {
      item.context().rules().check("api.core.v1.KeyToPath", item);
      conflict(volume, item.text("path"), part.text("name"), paths);
    }
  }

  static void conflict(ValidatedObject volume, String path, String shown, Set<String> paths) {
    if (!path.isEmpty() && !paths.add(path)) {
      volume.add(FieldError.invalid(volume.path(), Json.of(shown), "conflicting duplicate paths"));
    }
  }

  /// Errors place the path of a token at the volume.
  private static void token(ValidatedObject volume, ValidatedObject token) {
    if (!token.has("expirationSeconds")) {
      token.required("expirationSeconds", "");
    } else if (token.number("expirationSeconds") < TOKEN_SECONDS_MIN) {
      token.invalid("expirationSeconds", "may not specify a duration less than 10 minutes");
    } else if (token.number("expirationSeconds") > TOKEN_SECONDS_MAX) {
      token.invalid("expirationSeconds", "may not specify a duration larger than 2^32 seconds");
    }
    if (token.text("path").isEmpty()) {
      volume.required("path", "");
    } else {
      if (!OldFaults.inTokenPaths(token.context())) {
        FilePaths.descendingNonReserved(token, token.text("path"), volume.path("path"));
      }
    }
  }
}
