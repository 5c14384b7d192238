package dev.pintle.kube.validation;

import dev.pintle.kube.object.GoNumbers;
import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Hashes;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One thing that is wrong with an object.
///
/// @param field where, as [FieldPath] writes it
/// @param value what is there, for the kinds of error that show it; null when it is not told
/// @param detail what is wrong or was expected, may be empty
public record FieldError(Kind kind, String field, @Nullable Json value, String detail) {

  /// The kinds of error, each with upstream's word for programs and the one for people.
  public enum Kind {
    NOT_FOUND("FieldValueNotFound", "Not found", true),
    REQUIRED("FieldValueRequired", "Required value", false),
    DUPLICATE("FieldValueDuplicate", "Duplicate value", true),
    INVALID("FieldValueInvalid", "Invalid value", true),
    NOT_SUPPORTED("FieldValueNotSupported", "Unsupported value", true),
    FORBIDDEN("FieldValueForbidden", "Forbidden", false),
    TOO_LONG("FieldValueTooLong", "Too long", false),
    TOO_MANY("FieldValueTooMany", "Too many", true),
    TOO_FEW("FieldValueTooFew", "Too few", true),
    INTERNAL("InternalError", "Internal error", false),
    TYPE_INVALID("FieldValueTypeInvalid", "Invalid value", true);

    private final String reason;
    private final String words;
    private final boolean showsValue;

    Kind(String reason, String words, boolean showsValue) {
      this.reason = reason;
      this.words = words;
      this.showsValue = showsValue;
    }
  }

  public static FieldError required(FieldPath path, String detail) {
    return new FieldError(Kind.REQUIRED, path.toString(), null, detail);
  }

  public static FieldError invalid(FieldPath path, @Nullable Json value, String detail) {
    return new FieldError(Kind.INVALID, path.toString(), value, detail);
  }

  public static FieldError notSupported(FieldPath path, Json value, List<String> supported) {
    String values = supported.stream().map(GoText::quote).collect(Collectors.joining(", "));
    return new FieldError(
        Kind.NOT_SUPPORTED, path.toString(), value, "supported values: " + values);
  }

  /// Of a value that has a type of its own in Go, which is shown as JSON has it.
  static FieldError notSupportedWord(FieldPath path, String value, List<String> supported) {
    return notSupported(path, Json.of(value), supported).asWord();
  }

  /// The same, of a text that has a type of its own in Go.
  FieldError asWord() {
    if (!(value instanceof Json.Text)) {
      return this;
    }
    String shown = JsonWriter.text(value);
    return new FieldError(kind, field, null, detail.isEmpty() ? shown : shown + ": " + detail);
  }

  /// As [#invalid], of a value that has a type of its own in Go, which is shown as JSON has it.
  static FieldError invalidWord(FieldPath path, String value, String detail) {
    return invalid(path, Json.of(value), detail).asWord();
  }

  /// As [#duplicate], of a value that has a type of its own in Go.
  static FieldError duplicateWord(FieldPath path, String value) {
    return duplicate(path, Json.of(value)).asWord();
  }

  static FieldError internal(FieldPath path, String why) {
    return new FieldError(Kind.INTERNAL, path.toString(), null, why);
  }

  public static FieldError forbidden(FieldPath path, String detail) {
    return new FieldError(Kind.FORBIDDEN, path.toString(), null, detail);
  }

  public static FieldError duplicate(FieldPath path, Json value) {
    return new FieldError(Kind.DUPLICATE, path.toString(), value, "");
  }

  public static FieldError notFound(FieldPath path, Json value) {
    return new FieldError(Kind.NOT_FOUND, path.toString(), value, "");
  }

  public static FieldError tooLong(FieldPath path, int bytesMax) {
    return new FieldError(Kind.TOO_LONG, path.toString(), null, atMostBytes(bytesMax));
  }

  public static FieldError tooMany(FieldPath path, int items, int itemsMax) {
    return new FieldError(Kind.TOO_MANY, path.toString(), Json.of(items), atMostItems(itemsMax));
  }

  /// The detail of a text that is too long.
  public static String atMostBytes(long most) {
    return "may not be more than %d %s".formatted(most, most == 1 ? "byte" : "bytes");
  }

  /// The detail of a list or a map that is too large.
  public static String atMostItems(long most) {
    return "must have at most %d %s".formatted(most, most == 1 ? "item" : "items");
  }

  /// By [Hashes]: errors are told once, and a client chooses what they say.
  @Override
  public int hashCode() {
    int place = Hashes.of(kind.ordinal(), Hashes.of(field));
    return Hashes.of(place, Hashes.of(Hashes.of(detail), value == null ? 0 : value.hashCode()));
  }

  /// Upstream's word for programs, such as `FieldValueRequired`.
  public String reason() {
    return kind.reason;
  }

  /// What is wrong, without where: `Invalid value: "x": must be …`.
  public String message() {
    // Put together at once: a value may be as long as a body.
    String told = kind.showsValue && value != null ? ": " + shown(value) : "";
    return kind.words + told + (detail.isEmpty() ? "" : ": ") + detail;
  }

  private static String shown(Json value) {
    return switch (value) {
      case Json.Text(var text) -> GoText.quote(text);
      case Json.Decimal(var number, _) -> GoNumbers.shortest(number);
      case Json.Whole _, Json.Bool _, Json.Null _, JsonArray _, JsonObject _ ->
          JsonWriter.text(value);
    };
  }
}
