package dev.pintle.kube.patch;

import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonRangeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// JSON Patch, RFC 6902, with the freedoms of upstream's library: operations in order, all or none. A member that is not there has
/// the value null: it can be replaced, copied and tested, but not removed or moved.
record JsonPatch(List<JsonObject> operations) {
  static final int OPERATIONS_MAX = 10_000;

  /// Copies may make a small patch produce a huge document; this much may be copied by one patch.
  static final long COPIED_BYTES_MAX = 3L << 20;

  private static final Set<String> TEXTS = Set.of("op", "path", "from");
  private static final String VALUE = "value";

  /// @param typed whether the operations must have the types of upstream's structure; without, a wrong one does not apply
  static JsonPatch parse(Json patch, boolean typed) throws PatchException {
    if (patch instanceof Json.Null) {
      return new JsonPatch(List.of());
    }
    if (!(patch instanceof JsonArray list)) {
      throw undecodable(patch, typed ? "[]handlers.jsonPatchOp" : "jsonpatch.Patch", typed);
    }
    if (list.size() > OPERATIONS_MAX) {
      throw new PatchException(
          PatchException.Kind.TOO_LARGE,
          "The allowed maximum operations in a JSON patch is %d, got %d"
              .formatted(OPERATIONS_MAX, list.size()));
    }
    List<JsonObject> operations = new ArrayList<>(list.size());
    for (Json item : list) {
      operations.add(operation(item, typed));
    }
    return new JsonPatch(operations);
  }

  private static JsonObject operation(Json item, boolean typed) throws PatchException {
    if (item instanceof Json.Null) {
      return new JsonObject();
    }
    if (!(item instanceof JsonObject operation)) {
      throw undecodable(item, typed ? "handlers.jsonPatchOp" : "jsonpatch.Operation", typed);
    }
    if (typed) {
      requireTypes(operation);
    }
    return operation;
  }

  private static void requireTypes(JsonObject operation) throws PatchException {
    for (JsonObject.Field field : operation) {
      boolean fits = field.value() instanceof Json.Text || field.value() instanceof Json.Null;
      if (TEXTS.contains(field.name()) && !fits) {
        throw PatchException.malformed(
            "error decoding patch: json: cannot unmarshal %s into Go struct field jsonPatchOp.%s of type string"
                .formatted(GoValues.kind(field.value()), field.name()));
      }
      if (field.name().equals(VALUE)
          && JsonRangeException.found(field.value()) instanceof String message) {
        throw PatchException.malformed(
            "error decoding patch: "
                + message.replace("Go value of type", "Go struct field jsonPatchOp.value of type"));
      }
    }
  }

  private static PatchException undecodable(Json value, String type, boolean typed) {
    return PatchException.malformed(
        "%sjson: cannot unmarshal %s into Go value of type %s"
            .formatted(typed ? "error decoding patch: " : "", GoValues.kind(value), type));
  }

  /// Changes `document` and answers what has become of it.
  Json apply(JsonObject document, Opened opened) throws PatchException {
    opened.add(document);
    Application application = new Application(document, opened);
    for (JsonObject operation : operations) {
      application.step(operation);
    }
    return application.settled();
  }

  /// One application to a document.
  private static final class Application {
    private final Opened opened;

    /// Are settled when all is done: closing a gap takes time in the fields.
    private final Set<JsonObject> gappy = Collections.newSetFromMap(new IdentityHashMap<>(0));

    private Json document;
    private long copiedBytes;

    Application(Json document, Opened opened) {
      this.document = document;
      this.opened = opened;
    }

    Json settled() {
      gappy.forEach(JsonObject::settle);
      return document;
    }

    void step(JsonObject operation) throws PatchException {
      String op = operation.text("op");
      switch (op == null ? "unknown" : op) {
        case "add" -> add(pointer(operation, "path"), value(operation).copy());
        case "remove" -> remove(pointer(operation, "path"));
        case "replace" -> replace(pointer(operation, "path"), operation);
        case "move" -> {
          Json moved = required(pointer(operation, "from"));
          remove(pointer(operation, "from"));
          add(pointer(operation, "path"), moved);
        }
        case "copy" -> copy(operation);
        case "test" -> test(pointer(operation, "path"), value(operation));
        default -> throw PatchException.notApplicable("Unexpected kind: " + op);
      }
    }

    private static JsonPointer pointer(JsonObject operation, String name) throws PatchException {
      String text = operation.text(name);
      if (text == null) {
        throw PatchException.notApplicable("operation missing %s field".formatted(name));
      }
      return JsonPointer.parse(text);
    }

    private static Json value(JsonObject operation) {
      Json value = operation.get(VALUE);
      return value == null ? Json.NULL : value;
    }

    private @Nullable Json find(JsonPointer path) throws PatchException {
      Json holder = path.holder(document, opened);
      return JsonPointer.get(holder, path.last());
    }

    private Json required(JsonPointer path) throws PatchException {
      Json there = find(path);
      if (there == null) {
        throw PatchException.notApplicable("missing value: " + path.text());
      }
      return there;
    }

    private void add(JsonPointer path, Json value) throws PatchException {
      switch (path.holder(document, opened)) {
        case JsonObject object -> object.set(path.last(), value);
        case JsonArray array -> array.insert(JsonPointer.gap(path.last(), array.size()), value);
        case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> {}
      }
    }

    private void remove(JsonPointer path) throws PatchException {
      required(path);
      switch (path.holder(document, opened)) {
        case JsonObject object -> {
          object.removeLater(path.last());
          gappy.add(object);
        }
        case JsonArray array -> array.remove(JsonPointer.item(path.last(), array.size()));
        case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> {}
      }
    }

    private void replace(JsonPointer path, JsonObject operation) throws PatchException {
      Json value = value(operation).copy();
      if (path.isRoot()) {
        replaceDocument(value);
        return;
      }
      switch (path.holder(document, opened)) {
        case JsonObject object -> object.set(path.last(), value);
        case JsonArray array -> array.set(JsonPointer.item(path.last(), array.size()), value);
        case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> {}
      }
    }

    private void replaceDocument(Json value) throws PatchException {
      if (!(value instanceof JsonObject || value instanceof JsonArray)) {
        throw PatchException.notApplicable("replace operation value must be object or array");
      }
      if (value instanceof JsonObject object) {
        opened.add(object);
      }
      document = value;
    }

    private void copy(JsonObject operation) throws PatchException {
      Json there = find(pointer(operation, "from"));
      Json source = there == null ? Json.NULL : there;
      // Upstream copies what it has taken apart until it knows where to: in the order in which it
      // writes that.
      JsonPointer target = pointer(operation, "path");
      target.holder(document, opened);
      opened.sort();
      copiedBytes += JsonSize.bytes(source);
      if (copiedBytes > COPIED_BYTES_MAX) {
        throw PatchException.notApplicable(
            "copy operations: %d bytes (at most %d)".formatted(copiedBytes, COPIED_BYTES_MAX));
      }
      add(target, source.copy());
    }

    private void test(JsonPointer path, Json expected) throws PatchException {
      Json found = path.isRoot() ? document : find(path);
      Json there = found == null ? Json.NULL : found;
      if (!there.equals(expected)) {
        throw PatchException.notApplicable("testing value %s failed".formatted(path.text()));
      }
      opened.addAll(there);
    }
  }
}
