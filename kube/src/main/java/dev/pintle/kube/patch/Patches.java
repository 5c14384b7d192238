package dev.pintle.kube.patch;

import dev.pintle.kube.object.FieldOrder;
import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.object.PlainNumbers;
import dev.pintle.kube.object.Spellings;
import dev.pintle.kube.schema.SchemaNode;
import org.jspecify.annotations.Nullable;

/// The application of patches to objects.
///
/// @param spellings of what the patch holds, see [#spellings(Json, byte[])]
/// @param node the schema of the object, asked only by strategic patches
/// @param typed whether what the patch itself is made of is checked before it is applied
public record Patches(
    PatchType type, Json patch, Spellings spellings, SchemaNode node, boolean typed) {
  private static final String MAP = "map[string]interface {}";

  /// A patch whose values are spelled as Go would write them.
  public Patches(PatchType type, Json patch, SchemaNode node, boolean typed) {
    this(type, patch, Spellings.NONE, node, typed);
  }

  /// What the patch makes of `current`, which stays as it is: an object, or a list that no kind has.
  ///
  /// @throws PatchException when it cannot be applied; the apply form has a merge of its own and is not accepted here
  public Json apply(JsonObject current) throws PatchException {
    // In its order what is wrong with the outcome is told, and the bytes of a revision are
    // compared.
    Opened opened = new Opened();
    Json patched =
        switch (type) {
          case JSON -> JsonPatch.parse(patch, typed).apply(fresh(current), opened, spellings);
          case MERGE -> merged(current, opened);
          case STRATEGIC -> StrategicMerge.apply(strategic(), fresh(current), node);
          case APPLY ->
              throw new IllegalArgumentException(
                  "apply (expected: a JSON, merge or strategic patch)");
        };
    opened.sort();
    return patched;
  }

  /// How the values of a JSON patch are spelled, as far as that decides what becomes of it.
  ///
  /// @param bytes that it was read of
  public static Spellings spellings(Json operations, byte[] bytes) {
    return JsonPatch.spellings(operations, bytes);
  }

  /// What operations of a JSON patch, which no client sent, make of `current`, which stays as it is.
  public static Json operations(Json operations, JsonObject current) throws PatchException {
    Opened opened = new Opened();
    Json patched = JsonPatch.parse(operations, false).apply(fresh(current), opened, Spellings.NONE);
    opened.sort();
    return patched;
  }

  /// What upstream shows in a message of a patch that could be applied, in its order: the outcome, or the rest of a strategic patch.
  public Json shown(JsonObject current) throws PatchException {
    Opened opened = new Opened();
    Json shown =
        switch (type) {
          case JSON ->
              JsonPatch.parse(patch, typed).apply(fresh(written(current)), opened, spellings);
          case MERGE -> merged(written(current), opened);
          case STRATEGIC -> {
            JsonObject rest = strategic();
            StrategicMerge.apply(rest, fresh(current), node);
            yield rest;
          }
          case APPLY -> patch;
        };
    opened.sort();
    return shown;
  }

  /// The object as upstream writes it before it patches: what has no structure in Go is written by name throughout.
  private JsonObject written(JsonObject current) {
    return node.typeName().isEmpty() ? FieldOrder.byNameThroughout(current) : current;
  }

  /// How it is written there.
  public String text(Json shown) {
    return type == PatchType.STRATEGIC ? GoValues.text(shown) : JsonWriter.textAsWritten(shown);
  }

  /// A copy that is written anew: upstream patches what its encoder makes of an object.
  private static JsonObject fresh(JsonObject current) {
    JsonObject copy = current.copy();
    for (int i = 0; i < copy.size(); i++) {
      if (copy.valueAt(i) instanceof JsonObject part) {
        part.forgetText();
      }
    }
    return copy;
  }

  private Json merged(JsonObject current, Opened opened) throws PatchException {
    if (typed && !(patch instanceof JsonObject || patch instanceof Json.Null)) {
      throw undecodable("error decoding patch: ");
    }
    return switch (patch) {
      case JsonObject object -> MergePatch.apply(object, fresh(current), opened);
      case JsonArray list -> MergePatch.withoutNulls(list, opened);
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ ->
          throw PatchException.malformed("Invalid JSON Patch");
    };
  }

  private JsonObject strategic() throws PatchException {
    return switch (patch) {
      case JsonObject object -> PlainNumbers.in(object.copy());
      case Json.Null _ -> new JsonObject();
      case JsonArray _, Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _ ->
          throw undecodable("");
    };
  }

  private PatchException undecodable(String prefix) {
    return PatchException.malformed(
        "%sjson: cannot unmarshal %s into Go value of type %s"
            .formatted(prefix, GoValues.kind(patch), MAP));
  }

  /// @throws PatchException unless it is a list of operations of a JSON patch
  public static void requireOperations(Json patch) throws PatchException {
    JsonPatch.parse(patch, false);
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
}
