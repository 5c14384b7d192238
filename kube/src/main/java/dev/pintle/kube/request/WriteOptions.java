package dev.pintle.kube.request;

import dev.pintle.kube.object.GoText;
import dev.pintle.kube.status.Cause;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The options of create, update and patch.
///
/// @param force of a patch in the apply form
public record WriteOptions(
    boolean dryRun, FieldValidation validation, String fieldManager, boolean force)
    implements OperationOptions {
  /// What a write of the server itself has.
  public static final WriteOptions NONE =
      new WriteOptions(false, FieldValidation.IGNORE, "", false);

  private static final int MANAGER_BYTES_MAX = 128;

  /// The treatment of fields that are not known or come twice.
  public enum FieldValidation {
    IGNORE,
    WARN,
    STRICT
  }

  /// The same, and only tried where `also` says so.
  public WriteOptions orDryRun(boolean also) {
    return dryRun || !also ? this : new WriteOptions(true, validation, fieldManager, force);
  }

  /// @param kind `CreateOptions`, `UpdateOptions` or `PatchOptions`, for messages
  public static WriteOptions parse(Query query, String kind) {
    return parse(query, kind, new ArrayList<>());
  }

  /// The options of a patch in the apply form: who applies must say its name.
  public static WriteOptions parseApply(Query query) {
    List<Cause> wrong = new ArrayList<>();
    if (query.text("fieldManager").isEmpty()) {
      wrong.add(
          new Cause(
              "FieldValueRequired", "Required value: is required for apply patch", "fieldManager"));
    }
    return parse(query, "PatchOptions", wrong);
  }

  private static WriteOptions parse(Query query, String kind, List<Cause> wrong) {
    String manager = query.text("fieldManager");
    if (manager.getBytes(StandardCharsets.UTF_8).length > MANAGER_BYTES_MAX) {
      wrong.add(
          new Cause(
              "FieldValueTooLong", "Too long: may not be more than 128 bytes", "fieldManager"));
    }
    checkPrintable(manager, wrong);
    boolean dryRun = dryRun(query.all("dryRun"), wrong);
    FieldValidation validation = validation(query.text("fieldValidation"), wrong);
    if (!wrong.isEmpty()) {
      throw refusal(kind, wrong);
    }
    return new WriteOptions(dryRun, validation, manager, query.flag("force"));
  }

  private static void checkPrintable(String manager, List<Cause> wrong) {
    int at = 0;
    for (int character : manager.codePoints().toArray()) {
      if (!GoText.isPrintable(character)) {
        String message =
            "Invalid value: %s: invalid character U+%04X (at position %d)"
                .formatted(GoText.quote(manager), character, at);
        wrong.add(new Cause("FieldValueInvalid", message, "fieldManager"));
      }
      at += Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
    }
  }

  static StatusError refusal(String kind, List<Cause> wrong) {
    return StatusErrors.invalidKind("meta.k8s.io", kind, "", wrong);
  }

  static boolean dryRun(List<String> values, List<Cause> wrong) {
    if (!values.stream().allMatch("All"::equals)) {
      String sent =
          values.stream()
              .map(value -> '"' + value + '"')
              .collect(Collectors.joining(",", "[", "]"));
      String message = "Unsupported value: %s: supported values: \"All\"".formatted(sent);
      wrong.add(new Cause("FieldValueNotSupported", message, "dryRun"));
    }
    return values.contains("All");
  }

  private static FieldValidation validation(String text, List<Cause> wrong) {
    return switch (text) {
      case "", "Warn" -> FieldValidation.WARN;
      case "Ignore" -> FieldValidation.IGNORE;
      case "Strict" -> FieldValidation.STRICT;
      default -> {
        wrong.add(
            new Cause(
                "FieldValueNotSupported",
                "Unsupported value: \"%s\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\""
                    .formatted(text),
                "fieldValidation"));
        yield FieldValidation.WARN;
      }
    };
  }
}
