package dev.pintle.kube.cel;

import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The outcome of one run of an expression of admission.
public final class AdmissionResult {
  private final @Nullable Value value;
  private final String problem;

  private AdmissionResult(@Nullable Value value, String problem) {
    this.value = value;
    this.problem = problem;
  }

  static AdmissionResult of(Value value) {
    return new AdmissionResult(value, "");
  }

  static AdmissionResult failed(String problem) {
    return new AdmissionResult(null, problem);
  }

  /// Why there is no value; empty when there is one.
  public String problem() {
    return problem;
  }

  public boolean isTrue() {
    return Constants.TRUE.equals(value);
  }

  public boolean isFalse() {
    return Constants.FALSE.equals(value);
  }

  public boolean isNull() {
    return value instanceof Value.NullValue;
  }

  /// The text that was made; empty when it is something else.
  public Optional<String> text() {
    return value instanceof Value.Text(String text) ? Optional.of(text) : Optional.empty();
  }

  /// The name of the type of the value.
  public String type() {
    return value == null ? "" : value.type();
  }

  /// The object that is to be merged into another.
  ///
  /// @throws CelException of parts that belong elsewhere, or cannot be said in JSON
  public JsonObject applied() {
    if (!(value instanceof Value.Extension(AppliedObject object))) {
      throw new CelException(
          "unsupported return type from ApplyConfiguration expression: " + type());
    }
    requireInPlace(object);
    return (JsonObject) JsonMaker.ofFields(object);
  }

  private static void requireInPlace(AppliedObject object) {
    String misplaced = object.misplaced();
    if (!misplaced.isEmpty()) {
      throw new CelException("type mismatch: " + misplaced);
    }
  }

  /// The operations of a JSON patch.
  ///
  /// @throws CelException of what no patch can have
  public JsonArray operations() {
    if (!(value instanceof Value.ListValue(List<Value> items))) {
      throw new CelException("type mismatch: JSONPatchType.expression should evaluate to array");
    }
    JsonArray operations = new JsonArray();
    items.forEach(item -> operations.add(operation(item)));
    return operations;
  }

  private static JsonObject operation(Value item) {
    if (!(item instanceof Value.Extension(PatchOperation operation))) {
      throw new CelException(
          "type mismatch: JSONPatchType.expression should evaluate to array of JSONPatch");
    }
    JsonObject made = new JsonObject().set("op", operation.op()).set("path", operation.path());
    if (!operation.from().isEmpty()) {
      made.set("from", operation.from());
    }
    Value given = operation.value();
    if (given instanceof Value.Extension(AppliedObject object)) {
      requireInPlace(object);
    }
    if (given != null) {
      made.set("value", JsonMaker.of(given));
    }
    return made;
  }
}
