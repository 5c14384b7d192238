package dev.pintle.kube.patch;

import dev.pintle.kube.object.GoValues;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonRangeException;
import dev.pintle.kube.object.JsonSize;
import dev.pintle.kube.object.Spellings;
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
  private static final String MISSING = ": missing value";

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

  /// How the values are spelled that `patch` holds, where that decides: where it tests.
  ///
  /// @param bytes that it was read of
  static Spellings spellings(Json patch, byte[] bytes) {
    if (patch instanceof JsonArray list) {
      for (JsonObject operation : list.objects()) {
        if ("test".equals(operation.text("op"))) {
          return Spellings.of(patch, bytes);
        }
      }
    }
    return Spellings.NONE;
  }

  /// Changes `document` and answers what has become of it.
  ///
  /// @param spellings of the patch
  Json apply(JsonObject document, Opened opened, Spellings spellings) throws PatchException {
    opened.add(document);
    Application application = new Application(document, opened, spellings);
    for (JsonObject operation : operations) {
      application.step(operation);
    }
    return application.settled();
  }

  /// One application to a document.
  private static final class Application {
    private final Opened opened;
    private final Spellings spellings;

    /// Are settled when all is done: closing a gap takes time in the fields.
    private final Set<JsonObject> gappy = Collections.newSetFromMap(new IdentityHashMap<>(0));

    private Json document;
    private long copiedBytes;

    Application(Json document, Opened opened, Spellings spellings) {
      this.document = document;
      this.opened = opened;
      this.spellings = spellings;
    }

    Json settled() {
      gappy.forEach(JsonObject::settle);
      return document;
    }

    void step(JsonObject operation) throws PatchException {
      String op = operation.text("op");
      switch (op == null ? "unknown" : op) {
        case "add" -> {
          JsonPointer path = pointer(operation, "path");
          Json holder = holder(path, "add operation does not apply: doc is missing path: \"%s\"");
          add(holder, path, value(operation).copy(), "error in add for path: '%s': %s");
        }
        case "remove" -> {
          JsonPointer path = pointer(operation, "path");
          Json holder =
              holder(path, "remove operation does not apply: doc is missing path: \"%s\"");
          remove(holder, path, "error in remove for path: '%s': %s", path.text());
        }
        case "replace" -> replace(pointer(operation, "path"), operation);
        case "move" -> move(operation);
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

    /// What holds the place that a path names.
    ///
    /// @param missing is told where there is none
    private Json holder(JsonPointer path, String missing) throws PatchException {
      try {
        return path.holder(document, opened);
      } catch (PatchException _) {
        throw PatchException.notApplicable(missing.formatted(path.text()) + MISSING);
      }
    }

    /// @param failed is told of what goes wrong, with the path as the client wrote it
    private static @Nullable Json find(Json holder, JsonPointer path, String failed, String shown)
        throws PatchException {
      try {
        return JsonPointer.get(holder, path.last());
      } catch (PatchException wrong) {
        throw PatchException.notApplicable(failed.formatted(shown, wrong.getMessage()));
      }
    }

    private static void add(Json holder, JsonPointer path, Json value, String failed)
        throws PatchException {
      switch (holder) {
        case JsonObject object -> object.set(path.last(), value);
        case JsonArray array -> array.insert(gap(path, array.size(), failed), value);
        case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> {}
      }
    }

    private static int gap(JsonPointer path, int size, String failed) throws PatchException {
      try {
        return JsonPointer.gap(path.last(), size);
      } catch (PatchException wrong) {
        throw PatchException.notApplicable(failed.formatted(path.text(), wrong.getMessage()));
      }
    }

    private void remove(Json holder, JsonPointer path, String failed, String shown)
        throws PatchException {
      if (find(holder, path, failed, shown) == null) {
        String told = "Unable to remove nonexistent key: " + path.last() + MISSING;
        throw PatchException.notApplicable(failed.formatted(shown, told));
      }
      switch (holder) {
        case JsonObject object -> {
          object.removeLater(path.last());
          gappy.add(object);
        }
        case JsonArray array -> array.remove(JsonPointer.item(path.last(), array.size()));
        case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> {}
      }
    }

    private void move(JsonObject operation) throws PatchException {
      String failed = "error in move for path: '%s': %s";
      JsonPointer from = pointer(operation, "from");
      Json source = holder(from, "move operation does not apply: doc is missing from path: %s");
      Json found = find(source, from, failed, from.last());
      Json moved = found == null ? Json.NULL : found;
      remove(source, from, failed, from.last());
      JsonPointer path = pointer(operation, "path");
      Json target =
          holder(path, "move operation does not apply: doc is missing destination path: %s");
      add(target, path, moved, failed);
    }

    private void replace(JsonPointer path, JsonObject operation) throws PatchException {
      Json value = value(operation).copy();
      if (path.isRoot()) {
        replaceDocument(value);
        return;
      }
      Json holder = holder(path, "replace operation does not apply: doc is missing path: %s");
      find(
          holder,
          path,
          "replace operation does not apply: doc is missing key: %s" + MISSING,
          path.text());
      switch (holder) {
        case JsonObject object -> object.set(path.last(), value);
        case JsonArray array -> array.set(JsonPointer.item(path.last(), array.size()), value);
        case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> {}
      }
    }

    private void replaceDocument(Json value) throws PatchException {
      if (!(value instanceof JsonObject || value instanceof JsonArray)) {
        throw PatchException.notApplicable(
            "replace operation value must be object or array: %!w(<nil>)");
      }
      if (value instanceof JsonObject object) {
        opened.add(object);
      }
      document = value;
    }

    private void copy(JsonObject operation) throws PatchException {
      JsonPointer from = pointer(operation, "from");
      Json holder = holder(from, "copy operation does not apply: doc is missing from path: %s");
      Json there = find(holder, from, "error in copy for from: '%s': %s", from.text());
      Json source = there == null ? Json.NULL : there;
      // Upstream copies what it has taken apart until it knows where to: in the order in which it
      // writes that.
      JsonPointer target = pointer(operation, "path");
      Json place =
          holder(target, "copy operation does not apply: doc is missing destination path: %s");
      opened.sort(source);
      copiedBytes += JsonSize.bytes(source);
      if (copiedBytes > COPIED_BYTES_MAX) {
        throw PatchException.notApplicable(
            "Unable to complete the copy, the accumulated size increase of copy is %d, exceeding the limit %d"
                .formatted(copiedBytes, COPIED_BYTES_MAX));
      }
      add(place, target, spellings.copy(source), "error while adding value during copy: %2$s");
    }

    private Json tested(JsonPointer path) throws PatchException {
      Json holder = holder(path, "test operation does not apply: is missing path: %s");
      Json found = find(holder, path, "error in test for path: '%s': %s", path.text());
      return found == null ? Json.NULL : found;
    }

    private void test(JsonPointer path, Json expected) throws PatchException {
      Json there = path.isRoot() ? document : tested(path);
      if (!spellings.equal(there, expected)) {
        throw PatchException.failedTest(
            "testing value %s failed: test failed".formatted(path.text()));
      }
      opened.addAll(there);
    }
  }
}
