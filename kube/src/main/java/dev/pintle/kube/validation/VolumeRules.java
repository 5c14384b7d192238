package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.quantity.Quantity;
import java.util.List;
import java.util.Map;

/// The rules of sources of volumes.
final class VolumeRules {
  private static final int FILE_MODE_MAX = 0777;
  private static final int DIRECTORY_MODE_MAX = 01777;

  private static final List<String> HOST_TYPES =
      List.of(
          "",
          "BlockDevice",
          "CharDevice",
          "Directory",
          "DirectoryOrCreate",
          "File",
          "FileOrCreate",
          "Socket");

  private VolumeRules() {}

  static Map<String, NamedRule> all() {
    return Map.of(
        "pathWithoutSteps",
            source -> FilePaths.withoutSteps(source, source.text("path"), source.path("path")),
        "localPath",
            source ->
                FilePaths.descendingNonReserved(source, source.text("path"), source.path("path")),
        "hostFolder", VolumeRules::hostFolder,
        "absolutePath", VolumeRules::absolutePath,
        "sizeLimit", VolumeRules::sizeLimit,
        "defaultMode", source -> fileMode(source, "defaultMode"),
        "mode", source -> fileMode(source, "mode"));
  }

  /// Of what type it is matters only where it is somewhere.
  private static void hostFolder(ValidatedObject source) {
    if (!source.text("path").isEmpty()
        && source.has("type")
        && !HOST_TYPES.contains(source.text("type"))) {
      source.notSupported("type", HOST_TYPES.toArray(String[]::new));
    }
  }

  private static void absolutePath(ValidatedObject source) {
    String path = source.text("path");
    if (!path.startsWith("/")) {
      source.invalidText("path", "must be an absolute path");
    }
  }

  private static void sizeLimit(ValidatedObject source) {
    Quantity limit = ResourceNameRules.quantity(source.value("sizeLimit"));
    if (limit != null && limit.sign() < 0) {
      source.forbidden("sizeLimit", "SizeLimit field must be a valid resource quantity");
    }
    mode(source, "mode", DIRECTORY_MODE_MAX, "01777");
  }

  static void fileMode(ValidatedObject source, String field) {
    mode(source, field, FILE_MODE_MAX, "0777");
  }

  private static void mode(ValidatedObject source, String field, int most, String octal) {
    long mode = source.number(field);
    if (mode < 0 || mode > most) {
      String detail = "must be a number between 0 and %s (octal), both inclusive".formatted(octal);
      source.add(FieldError.invalid(source.path(field), Json.of(mode), detail));
    }
  }
}
