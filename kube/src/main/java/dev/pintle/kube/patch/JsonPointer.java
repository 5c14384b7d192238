package dev.pintle.kube.patch;

import dev.pintle.kube.object.GoText;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A place in a document, RFC 6901, as upstream's library reads it: what stands before the first slash counts for nothing, a text
/// without a slash leads nowhere, and positions in arrays may be negative, counted from the end.
record JsonPointer(String text, List<String> steps) {

  static JsonPointer parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return new JsonPointer(text, List.of());
    }
    List<String> steps = new ArrayList<>();
    for (String step : text.substring(slash + 1).split("/", -1)) {
      steps.add(step.replace("~1", "/").replace("~0", "~"));
    }
    return new JsonPointer(text, List.copyOf(steps));
  }

  boolean isRoot() {
    return text.isEmpty();
  }

  String last() {
    return steps.getLast();
  }

  /// The object or array that holds the place.
  ///
  /// @param opened is told of the objects on the way
  Json holder(Json document, Opened opened) throws PatchException {
    if (steps.isEmpty()) {
      throw missing();
    }
    Json at = document;
    for (String step : steps.subList(0, steps.size() - 1)) {
      Json next = get(at, step);
      if (!(next instanceof JsonObject || next instanceof JsonArray)) {
        throw missing();
      }
      if (next instanceof JsonObject object) {
        opened.add(object);
      }
      at = next;
    }
    return at;
  }

  private PatchException missing() {
    return PatchException.notApplicable(
        "doc is missing path: \"%s\": missing value".formatted(text));
  }

  /// What an object has under a name, null when it has nothing there, or the item of an array.
  static @Nullable Json get(Json holder, String step) throws PatchException {
    return switch (holder) {
      case JsonObject object -> object.get(step);
      case JsonArray array -> array.at(item(step, array.size()));
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ -> null;
    };
  }

  /// The position of one of `size` items.
  static int item(String step, int size) throws PatchException {
    return position(step, size, size - 1);
  }

  /// The position that an item takes among `size` others.
  static int gap(String step, int size) throws PatchException {
    try {
      return step.equals("-") ? size : position(step, size + 1, size);
    } catch (PatchException wrong) {
      String told = wrong.getMessage();
      throw told.startsWith("strconv")
          ? PatchException.notApplicable(
              "value was not a proper array index: '%s': %s".formatted(step, told))
          : wrong;
    }
  }

  private static int position(String step, int end, int most) throws PatchException {
    int index = number(step);
    int position = index < 0 ? index + end : index;
    if (position < 0 || position > most) {
      throw PatchException.notApplicable(
          "Unable to access invalid index: %d: invalid index referenced".formatted(index));
    }
    return position;
  }

  private static int number(String step) throws PatchException {
    try {
      if (step.chars().allMatch(c -> c < 128)) {
        return Integer.parseInt(step);
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw PatchException.notApplicable(
        "strconv.Atoi: parsing %s: invalid syntax".formatted(GoText.quote(step)));
  }
}
