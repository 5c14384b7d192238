package dev.pintle.kube.patch;

import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// JSON Patch, RFC 6902: operations in order, all or none.
record JsonPatch(List<Operation> operations) {
  static final int OPERATIONS_MAX = 10_000;

  /// Copies may make a small patch produce a huge document; this much may be copied by one patch.
  static final long COPIED_BYTES_MAX = 3L << 20;

  sealed interface Operation {
    JsonPointer path();
  }

  record Add(JsonPointer path, Json value) implements Operation {}

  record Remove(JsonPointer path) implements Operation {}

  record Replace(JsonPointer path, Json value) implements Operation {}

  record Move(JsonPointer path, JsonPointer from) implements Operation {}

  record Copy(JsonPointer path, JsonPointer from) implements Operation {}

  record Test(JsonPointer path, Json value) implements Operation {}

  static JsonPatch parse(Json patch) throws PatchException {
    if (!(patch instanceof JsonArray list)) {
      throw PatchException.malformed(
          "error decoding patch: json: cannot unmarshal %s into Go value of type []handlers.jsonPatchOp"
              .formatted(GoValues.kind(patch)));
    }
    if (list.size() > OPERATIONS_MAX) {
      throw new PatchException(
          PatchException.Kind.TOO_LARGE,
          "The allowed maximum operations in a JSON patch is %d, got %d"
              .formatted(OPERATIONS_MAX, list.size()));
    }
    List<Operation> operations = new ArrayList<>(list.size());
    for (Json item : list) {
      if (!(item instanceof JsonObject object)) {
        throw PatchException.malformed(
            "error decoding patch: json: cannot unmarshal %s into Go value of type handlers.jsonPatchOp"
                .formatted(GoValues.kind(item)));
      }
      operations.add(operation(object));
    }
    return new JsonPatch(operations);
  }

  private static Operation operation(JsonObject source) throws PatchException {
    JsonPointer path = pointer(source, "path");
    String op = source.text("op");
    return switch (op == null ? "unknown" : op) {
      case "add" -> new Add(path, value(source));
      case "remove" -> new Remove(path);
      case "replace" -> new Replace(path, value(source));
      case "move" -> new Move(path, pointer(source, "from"));
      case "copy" -> new Copy(path, pointer(source, "from"));
      case "test" -> new Test(path, value(source));
      default -> throw PatchException.notApplicable("Unexpected kind: " + op);
    };
  }

  private static JsonPointer pointer(JsonObject source, String field) throws PatchException {
    String text = source.text(field);
    if (text == null) {
      throw PatchException.notApplicable("operation missing %s field".formatted(field));
    }
    return JsonPointer.parse(text);
  }

  private static Json value(JsonObject source) {
    Json value = source.get("value");
    return value == null ? Json.NULL : value;
  }

  /// Changes `document` and answers what has become of it.
  Json apply(Json document) throws PatchException {
    Json now = document;
    long copiedBytes = 0;
    Set<JsonObject> gappy = Collections.newSetFromMap(new IdentityHashMap<>(0));
    for (Operation operation : operations) {
      if (operation instanceof Copy copy) {
        copiedBytes += JsonSize.bytes(require(copy.from(), now));
        if (copiedBytes > COPIED_BYTES_MAX) {
          throw PatchException.notApplicable(
              "copy operations: %d bytes (at most %d)".formatted(copiedBytes, COPIED_BYTES_MAX));
        }
      }
      now = step(operation, now, gappy);
    }
    gappy.forEach(JsonObject::settle);
    return now;
  }

  /// @param gappy takes the objects that are to be settled when all is done: closing a gap takes time in the fields
  private static Json step(Operation operation, Json document, Set<JsonObject> gappy)
      throws PatchException {
    return switch (operation) {
      case Add add -> add(add.path(), add.value().copy(), document);
      case Remove remove -> remove(remove.path(), document, gappy);
      case Replace replace -> replace(replace, document);
      case Copy copy -> add(copy.path(), require(copy.from(), document).copy(), document);
      case Move move -> move(move, document, gappy);
      case Test test -> test(test, document);
    };
  }

  private static Json move(Move move, Json document, Set<JsonObject> gappy) throws PatchException {
    if (move.path().isBelow(move.from())) {
      throw PatchException.notApplicable("move into itself: " + move.path().text());
    }
    Json value = require(move.from(), document);
    return add(move.path(), value, remove(move.from(), document, gappy));
  }

  private static Json replace(Replace replace, Json document) throws PatchException {
    JsonPointer path = replace.path();
    if (path.isRoot()) {
      return replace.value().copy();
    }
    require(path, document);
    switch (path.parent(document)) {
      case JsonObject object -> object.set(path.last(), replace.value().copy());
      case JsonArray array ->
          array.set(JsonPointer.index(path.last(), array.size()), replace.value().copy());
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ ->
          throw missing(path);
    }
    return document;
  }

  private static Json test(Test test, Json document) throws PatchException {
    Json there = test.path().find(document);
    Json value = there == null ? Json.NULL : there;
    if (!value.equals(test.value())) {
      throw PatchException.notApplicable(
          "testing value %s failed: test failed".formatted(test.path().text()));
    }
    return document;
  }

  private static Json add(JsonPointer path, Json value, Json document) throws PatchException {
    if (path.isRoot()) {
      return value;
    }
    switch (path.parent(document)) {
      case JsonObject object -> object.set(path.last(), value);
      case JsonArray array -> array.insert(position(path, array), value);
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ ->
          throw missing(path);
    }
    return document;
  }

  /// Where an item is put in: `-` is the end, and the end may be named by the size too.
  private static int position(JsonPointer path, JsonArray array) throws PatchException {
    String last = path.last();
    if (last.equals("-")) {
      return array.size();
    }
    return last.startsWith("-")
        ? JsonPointer.index(last, array.size() + 1)
        : JsonPointer.index(last, array.size());
  }

  private static Json remove(JsonPointer path, Json document, Set<JsonObject> gappy)
      throws PatchException {
    require(path, document);
    if (path.isRoot()) {
      throw missing(path);
    }
    switch (path.parent(document)) {
      case JsonObject object -> {
        object.removeLater(path.last());
        gappy.add(object);
      }
      case JsonArray array -> array.remove(JsonPointer.index(path.last(), array.size()));
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ ->
          throw missing(path);
    }
    return document;
  }

  private static Json require(JsonPointer path, Json document) throws PatchException {
    @Nullable Json there = path.find(document);
    if (there == null) {
      throw missing(path);
    }
    return there;
  }

  private static PatchException missing(JsonPointer path) {
    return PatchException.notApplicable(
        "doc is missing path: \"%s\": missing value".formatted(path.text()));
  }
}
