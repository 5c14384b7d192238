package dev.pintle.kube.patch;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A place in a document, RFC 6901. Array positions may be negative, counted from the end, as upstream's library allows.
record JsonPointer(String text, List<String> steps) {

  static JsonPointer parse(String text) throws PatchException {
    if (text.isEmpty()) {
      return new JsonPointer(text, List.of());
    }
    if (text.charAt(0) != '/') {
      throw PatchException.notApplicable("doc is missing path: " + text);
    }
    List<String> steps = new ArrayList<>();
    for (String step : text.substring(1).split("/", -1)) {
      steps.add(step.replace("~1", "/").replace("~0", "~"));
    }
    return new JsonPointer(text, List.copyOf(steps));
  }

  boolean isRoot() {
    return steps.isEmpty();
  }

  String last() {
    return steps.getLast();
  }

  boolean isBelow(JsonPointer other) {
    return steps.size() > other.steps.size()
        && steps.subList(0, other.steps.size()).equals(other.steps);
  }

  /// The object or array that holds the place.
  Json parent(Json document) throws PatchException {
    Json at = document;
    for (String step : steps.subList(0, steps.size() - 1)) {
      Json next = child(at, step);
      if (!(next instanceof JsonObject || next instanceof JsonArray)) {
        throw PatchException.notApplicable("doc is missing path: " + text);
      }
      at = next;
    }
    return at;
  }

  /// What stands at the place, or null when nothing does.
  @Nullable Json find(Json document) throws PatchException {
    return isRoot() ? document : child(parent(document), last());
  }

  static @Nullable Json child(Json holder, String step) throws PatchException {
    return switch (holder) {
      case JsonObject object -> object.get(step);
      case JsonArray array -> {
        int index = index(step, array.size());
        yield index < array.size() ? array.at(index) : null;
      }
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> null;
    };
  }

  /// A position in an array of `size` items, at most `size`.
  static int index(String step, int size) throws PatchException {
    int index;
    try {
      index = Integer.parseInt(step);
    } catch (NumberFormatException _) {
      throw PatchException.notApplicable(
          "value was not a proper array index: '%s'".formatted(step));
    }
    int position = index < 0 ? index + size : index;
    if (position < 0 || position > size) {
      throw PatchException.notApplicable("Unable to access invalid index: %d".formatted(index));
    }
    return position;
  }
}
