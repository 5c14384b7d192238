package dev.pintle.kube.definition;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.validation.FieldPath;

/// The words of a version to those who still use it.
final class Deprecation {
  private static final int WARNING_BYTES_MAX = 256;

  private Deprecation() {}

  static void check(JsonSchemaProps version, FieldPath path, DefinitionErrors found) {
    if (!(version.json().get("deprecationWarning") instanceof Json.Text(String warning))) {
      return;
    }
    FieldPath place = path.child("deprecationWarning");
    if (!version.isTrue("deprecated")) {
      found.invalid(place, warning, "can only be set for deprecated versions");
      return;
    }
    if (dev.pintle.kube.format.Formats.bytes(warning) > WARNING_BYTES_MAX) {
      found.invalid(place, warning, "must be <= 256 characters long");
    }
    if (warning.isEmpty()) {
      found.invalid(place, warning, "must not be an empty string");
    }
    for (int i = 0; i < warning.length(); i++) {
      if (Character.isISOControl(warning.charAt(i))) {
        found.invalid(
            place,
            warning,
            "must only contain printable UTF-8 characters; non-printable character found at index "
                + i);
        return;
      }
    }
  }
}
