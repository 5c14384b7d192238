package dev.pintle.kube.decode;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.schema.Field;
import dev.pintle.kube.schema.SchemaNode;
import dev.pintle.kube.schema.ValueKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The start or the end of a value in a document, to be compared with other places of it: the position of each step on
/// the way to it, from the outside in.
final class DocumentPlace implements Comparable<DocumentPlace> {
  private static final int BEHIND_ALL = Integer.MAX_VALUE;

  /// A name may hold what separates names; that many are tried.
  private static final int NAME_ENDS_TRIED_MAX = 16;

  private final int[] positions;

  private DocumentPlace(int... positions) {
    this.positions = positions;
  }

  /// @param path as complaints tell it, `spec.containers[0].image`; what is not in the document is behind all of it
  static DocumentPlace start(Json document, String path) {
    return new DocumentPlace(walk(document, path));
  }

  static DocumentPlace end(Json document, String path) {
    int[] start = walk(document, path);
    int[] end = Arrays.copyOf(start, start.length + 1);
    end[start.length] = BEHIND_ALL;
    return new DocumentPlace(end);
  }

  private static int[] walk(Json document, String path) {
    int[] positions = new int[8];
    int depth = 0;
    Json at = document;
    int from = 0;
    while (from < path.length()) {
      Step step = step(at, path, from);
      if (step.position() == BEHIND_ALL) {
        return new int[] {BEHIND_ALL};
      }
      if (depth == positions.length) {
        positions = Arrays.copyOf(positions, depth * 2);
      }
      positions[depth++] = step.position();
      at = step.value();
      from = step.end();
    }
    return Arrays.copyOf(positions, depth);
  }

  /// Whether a field lies in a value that reads itself, of which nobody is told what is said twice.
  static boolean isInFree(SchemaNode root, Json document, String path) {
    @Nullable SchemaNode node = root;
    Json at = document;
    int from = 0;
    while (node != null && from < path.length()) {
      if (node.kind() == ValueKind.ANY) {
        return true;
      }
      Step step = step(at, path, from);
      node = below(node, path.substring(path.charAt(from) == '.' ? from + 1 : from, step.end()));
      at = step.value();
      from = step.end();
    }
    return false;
  }

  /// Null for what is not known.
  private static @Nullable SchemaNode below(SchemaNode node, String name) {
    Field field = node.kind() == ValueKind.OBJECT ? node.field(name) : null;
    if (field != null) {
      return field.node();
    }
    return node.hasItems() ? node.items() : null;
  }

  /// A step of a path.
  ///
  /// @param end where in the path the next step begins
  private record Step(int position, Json value, int end) {}

  private static Step step(Json holder, String path, int from) {
    return switch (holder) {
      case JsonArray array -> item(array, path, from);
      case JsonObject object -> field(object, path, path.charAt(from) == '.' ? from + 1 : from);
      case Json.Text _, Json.Whole _, Json.Decimal _, Json.Bool _, Json.Null _ ->
          new Step(BEHIND_ALL, Json.NULL, path.length());
    };
  }

  private static Step item(JsonArray array, String path, int from) {
    int close = path.indexOf(']', from);
    int index = -1;
    try {
      index = close < 0 ? -1 : Integer.parseInt(path, from + 1, close, 10);
    } catch (NumberFormatException _) {
      // No index of ours: told below.
    }
    return index >= 0 && index < array.size()
        ? new Step(index, array.at(index), close + 1)
        : new Step(BEHIND_ALL, Json.NULL, path.length());
  }

  private static Step field(JsonObject object, String path, int from) {
    int end = from;
    for (int i = 0; i < NAME_ENDS_TRIED_MAX && (i == 0 || end < path.length()); i++) {
      // A name may be empty, at the end too.
      end = nameEnd(path, i == 0 ? from : end + 1);
      int position = object.positionOf(path.substring(from, end));
      if (position >= 0) {
        return new Step(position, object.valueAt(position), end);
      }
    }
    return new Step(BEHIND_ALL, Json.NULL, path.length());
  }

  private static int nameEnd(String path, int from) {
    int at = from;
    while (at < path.length() && path.charAt(at) != '.' && path.charAt(at) != '[') {
      at++;
    }
    return at;
  }

  @Override
  public int compareTo(DocumentPlace other) {
    return Arrays.compare(positions, other.positions);
  }
}
