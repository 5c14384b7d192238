package dev.pintle.kube.validation;

import dev.pintle.kube.format.Formats;
import dev.pintle.kube.object.GoText;

/// The rules of who set which field.
final class ManagedFields {
  private static final int MANAGER_BYTES_MAX = 128;
  private static final int SUBRESOURCE_BYTES_MAX = 256;

  private ManagedFields() {}

  static void check(ValidatedObject metadata) {
    for (ValidatedObject entry : metadata.items("managedFields")) {
      switch (entry.text("operation")) {
        case "" -> entry.required("operation", "must not be empty");
        case "Apply", "Update" -> {}
        default -> entry.notSupported("operation", "Apply", "Update");
      }
      String fieldsType = entry.text("fieldsType");
      if (!fieldsType.isEmpty() && !fieldsType.equals("FieldsV1")) {
        entry.invalidText("fieldsType", "must be `FieldsV1`");
      }
      manager(entry);
      if (Formats.bytes(entry.text("subresource")) > SUBRESOURCE_BYTES_MAX) {
        entry.add(FieldError.tooLong(entry.path("subresource"), SUBRESOURCE_BYTES_MAX));
      }
    }
  }

  private static void manager(ValidatedObject entry) {
    String manager = entry.text("manager");
    if (Formats.bytes(manager) > MANAGER_BYTES_MAX) {
      entry.add(FieldError.tooLong(entry.path("manager"), MANAGER_BYTES_MAX));
    }
    int at = 0;
    for (int character : manager.codePoints().toArray()) {
      if (!GoText.isPrintable(character)) {
        entry.invalid(
            "manager", "invalid character U+%04X (at position %d)".formatted(character, at));
      }
      at += Formats.bytes(Character.toString(character));
    }
  }
}
