package dev.pintle.kube.store;

import dev.pintle.kube.object.JsonObject;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The outcome of the conversion of one object among several: what it became, or why it did not.
public record Converted(@Nullable JsonObject object, @Nullable ConversionFailure failure) {
  public static Converted of(JsonObject object) {
    return new Converted(object, null);
  }

  public static Converted failed(ConversionFailure failure) {
    return new Converted(null, failure);
  }

  public boolean isThere() {
    return object != null;
  }

  /// The same with what `change` makes of the object, where there is one.
  public Converted then(UnaryOperator<JsonObject> change) {
    return object == null ? this : of(change.apply(object));
  }

  /// @throws ConversionFailure where there is no object
  public JsonObject orThrow() {
    if (object == null) {
      throw Objects.requireNonNull(failure, "neither an object nor a failure");
    }
    return object;
  }
}
