package dev.pintle.kube.decode;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The fields that come twice in values which a JSON patch puts into an object: upstream copies them as they stand, and finds them in
/// the outcome again, unless another operation has looked into them.
final class RepeatedValues {
  private static final String VALUE = ".value";

  /// Comparisons of two places for one patch: its operations may copy what repeats a field as often as there are any. What would
  /// take more is not told.
  private static final int COMPARISONS_MAX = 1_000_000;

  private final JsonArray operations;
  private int comparisons;

  private RepeatedValues(JsonArray operations) {
    this.operations = operations;
  }

  /// @param paths of fields that come twice in the patch: `[0].value.a.b`
  /// @return where they are in the outcome
  static List<String> in(Json patch, List<String> paths, Json outcome) {
    List<String> found = new ArrayList<>(0);
    if (patch instanceof JsonArray operations && !paths.isEmpty()) {
      RepeatedValues values = new RepeatedValues(operations);
      for (String path : paths) {
        int end = path.indexOf(']');
        String rest = end < 0 ? "" : path.substring(end + 1);
        if (path.startsWith("[") && rest.startsWith(VALUE) && rest.length() > VALUE.length()) {
          int at = Integer.parseInt(path, 1, end, 10);
          values.add(at, rest.substring(VALUE.length()), outcome, found);
        }
      }
    }
    return found;
  }

  private void add(int at, String rest, Json outcome, List<? super String> found) {
    if (!(operations.at(at) instanceof JsonObject operation)) {
      return;
    }
    String name = operation.textOrEmpty("op");
    String pointer = operation.textOrEmpty("path");
    boolean puts = name.equals("add") || name.equals("replace");
    if (puts && pointer.startsWith("/")) {
      for (String left : untouched(at, pointer)) {
        String place = place(left, outcome);
        if (!place.isEmpty()) {
          found.add(place + rest);
        }
      }
    }
  }

  /// Where the value stands after the other operations as it came: one that is moved or copied stays as it is, and one in which, or
  /// in what it is in, something else is done does not.
  private Set<String> untouched(int at, String pointer) {
    Set<String> places = new LinkedHashSet<>(Set.of(pointer));
    for (int i = at + 1; i < operations.size() && !places.isEmpty(); i++) {
      comparisons += 2 * places.size();
      if (comparisons > COMPARISONS_MAX) {
        return Set.of();
      }
      if (operations.at(i) instanceof JsonObject operation) {
        String name = operation.textOrEmpty("op");
        String path = operation.textOrEmpty("path");
        String from = operation.textOrEmpty("from");
        boolean carried = places.contains(from) && (name.equals("move") || name.equals("copy"));
        places.removeIf(place -> isNear(path, place));
        if (carried) {
          places.add(path);
        }
        places.removeIf(
            place -> isNear(from, place) && (!place.equals(from) || name.equals("move")));
      }
    }
    return places;
  }

  private static boolean isNear(String one, String other) {
    String outer = one.length() < other.length() ? one : other;
    String inner = one.length() < other.length() ? other : one;
    return !one.isEmpty()
        && inner.startsWith(outer)
        && (inner.length() == outer.length() || inner.charAt(outer.length()) == '/');
  }

  /// The place in the words of upstream's strict decoder; empty where nothing is.
  private static String place(String pointer, Json outcome) {
    StringBuilder place = new StringBuilder();
    Json at = outcome;
    for (String step : pointer.substring(1).split("/", -1)) {
      String name = step.replace("~1", "/").replace("~0", "~");
      if (at instanceof JsonArray list) {
        int index = name.equals("-") ? list.size() - 1 : index(name, list.size());
        if (index < 0) {
          return "";
        }
        place.append('[').append(index).append(']');
        at = list.at(index);
      } else if (at instanceof JsonObject object && object.get(name) instanceof Json inner) {
        place.append(place.isEmpty() ? "" : ".").append(name);
        at = inner;
      } else {
        return "";
      }
    }
    return place.toString();
  }

  private static int index(String step, int size) {
    try {
      int index = Integer.parseInt(step);
      return index < size ? index : -1;
    } catch (NumberFormatException noNumber) {
      return -1;
    }
  }
}
