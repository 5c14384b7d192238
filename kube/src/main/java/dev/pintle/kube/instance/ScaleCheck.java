package dev.pintle.kube.instance;

import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.ScalePaths;
import dev.pintle.kube.validation.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The places of a custom resource that its scale subresource reads must hold what it expects.
final class ScaleCheck {
  private ScaleCheck() {}

  static void spec(ScalePaths paths, JsonObject object, List<FieldError> found) {
    replicas(paths.specReplicas(), object, found);
  }

  static void status(ScalePaths paths, JsonObject object, List<FieldError> found) {
    replicas(paths.statusReplicas(), object, found);
    if (!paths.selector().isEmpty()) {
      Reached selector = reach(paths.selector(), object, "string");
      if (selector.mismatch() != null) {
        found.add(invalid(paths.selector(), Json.of(""), selector.mismatch()));
      }
    }
  }

  private static void replicas(String path, JsonObject object, List<FieldError> found) {
    Reached reached = reach(path, object, "int64");
    if (reached.mismatch() != null) {
      found.add(invalid(path, Json.of(0), reached.mismatch()));
    } else if (reached.value() instanceof Json.Whole(long number)) {
      if (number < 0) {
        found.add(invalid(path, Json.of(number), "should be a non-negative integer"));
      } else if (number > Integer.MAX_VALUE) {
        found.add(
            invalid(path, Json.of(number), "should be less than or equal to " + Integer.MAX_VALUE));
      }
    }
  }

  private static FieldError invalid(String path, Json shown, String detail) {
    return new FieldError(FieldError.Kind.INVALID, path, shown, detail);
  }

  /// The end of a path.
  ///
  /// @param mismatch why the value is not of the type that was asked for, null when it is or is absent
  private record Reached(@Nullable Json value, @Nullable String mismatch) {}

  private static Reached reach(String path, JsonObject object, String type) {
    String[] names = (path.startsWith(".") ? path.substring(1) : path).split("\\.", -1);
    Json at = object;
    for (int i = 0; i < names.length; i++) {
      if (!(at instanceof JsonObject holder)) {
        return new Reached(null, mismatch(path, at, "map[string]interface{}"));
      }
      Json next = holder.get(names[i]);
      if (next == null || (next instanceof Json.Null && i < names.length - 1)) {
        return new Reached(null, null);
      }
      at = next;
    }
    boolean fits = type.equals("int64") ? at instanceof Json.Whole : at instanceof Json.Text;
    return fits ? new Reached(at, null) : new Reached(null, mismatch(path, at, type));
  }

  private static String mismatch(String path, Json value, String wanted) {
    return "%s accessor error: %s is of the type %s, expected %s"
        .formatted(path, GoValues.text(value), GoValues.type(value), wanted);
  }
}
