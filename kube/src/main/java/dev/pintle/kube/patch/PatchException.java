package dev.pintle.kube.patch;

import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;

/// A patch that cannot be applied.
public final class PatchException extends Exception {
  /// The kind of fault in a patch.
  public enum Kind {
    /// It is not a patch of its form.
    MALFORMED,
    /// It has more operations than are allowed.
    TOO_LARGE,
    /// It is a patch, but not one for this object: a path that is not there, a test that fails, a list without its key.
    NOT_APPLICABLE,
    /// Upstream answers with its own failure, and with these words.
    UNFORESEEN
  }

  private final Kind kind;
  private final boolean failedTest;

  PatchException(Kind kind, String message) {
    this(kind, message, false);
  }

  private PatchException(Kind kind, String message, boolean failedTest) {
    super(message);
    this.kind = kind;
    this.failedTest = failedTest;
  }

  static PatchException notApplicable(String message) {
    return new PatchException(Kind.NOT_APPLICABLE, message);
  }

  static PatchException failedTest(String message) {
    return new PatchException(Kind.NOT_APPLICABLE, message, true);
  }

  static PatchException unforeseen(String message) {
    return new PatchException(Kind.UNFORESEEN, message);
  }

  /// A value of another type than the words around it need.
  ///
  /// @param type as Go names it
  static PatchException otherType(String type, Json value) {
    return unforeseen(
        "expected a %s, but received a %s"
            .formatted(type, value instanceof Json.Null ? "%!s(<nil>)" : GoValues.type(value)));
  }

  static PatchException malformed(String message) {
    return new PatchException(Kind.MALFORMED, message);
  }

  public Kind kind() {
    return kind;
  }

  /// Whether a value is not what the patch tests it to be.
  public boolean isFailedTest() {
    return failedTest;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
