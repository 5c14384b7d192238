package dev.pintle.kube.patch;

import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.schema.SchemaNode;
import org.jspecify.annotations.Nullable;

/// The application of patches to objects.
public final class Patches {
  private Patches() {}

  /// The object that `patch` makes of `current`; both stay as they are.
  ///
  /// @param node the schema of the object, asked only by strategic patches
  /// @throws PatchException when it cannot be applied; the apply form has a merge of its own and is not accepted here
  public static JsonObject apply(PatchType type, Json patch, JsonObject current, SchemaNode node)
      throws PatchException {
    Json patched =
        switch (type) {
          case JSON -> JsonPatch.parse(patch).apply(current.copy());
          case MERGE -> MergePatch.apply(requireObject(patch), current.copy());
          case STRATEGIC -> StrategicMerge.apply(requireObject(patch.copy()), current.copy(), node);
          case APPLY ->
              throw new IllegalArgumentException(
                  "apply (expected: a JSON, merge or strategic patch)");
        };
    if (patched instanceof JsonObject object) {
      return object;
    }
    throw PatchException.notApplicable("the patched document is not an object");
  }

  /// A patch with more operations than are allowed, which is refused for their number alone: a list of as many that stand for
  /// nothing. Null for what has to be read.
  public static @Nullable Json excessive(PatchType type, byte[] patch) {
    if (type != PatchType.JSON || patch.length < JsonPatch.OPERATIONS_MAX) {
      return null;
    }
    int operations = JsonReader.itemCount(patch);
    if (operations <= JsonPatch.OPERATIONS_MAX) {
      return null;
    }
    JsonArray unread = new JsonArray();
    for (int i = 0; i < operations; i++) {
      unread.add(Json.NULL);
    }
    return unread;
  }

  private static JsonObject requireObject(Json patch) throws PatchException {
    if (patch instanceof JsonObject object) {
      return object;
    }
    throw PatchException.malformed(
        "json: cannot unmarshal %s into Go value of type map[string]interface {}"
            .formatted(GoValues.kind(patch)));
  }
}
