package dev.pintle.kube.validation;

import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonArray;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.rule.RuleTable;
import dev.pintle.kube.rule.TableFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The structures of the API server as its messages show them: under the names they have in Go, with everything that is
/// absent. Read from `internal-forms.txt` when a message first needs one.
final class InternalForms {
  private static final String TABLE = "internal-forms.txt";

  private InternalForms() {}

  /// One field: its name in Go, its name in JSON, and what it holds.
  private record Shape(String goName, String name, String kind) {}

  private static final class Loaded {
    static final RuleTable<Shape> SHAPES = read();

    private Loaded() {}
  }

  private static RuleTable<Shape> read() {
    return RuleTable.read(
        TableFile.beside(InternalForms.class, TABLE), List::of, InternalForms::shape);
  }

  private static Shape shape(String line) {
    String[] words = line.split(" ", -1);
    return new Shape(words[0], words[1], words[2]);
  }

  /// @param structure its name in Go, such as `PodSpec`
  static JsonObject of(String structure, JsonObject value) {
    if (!Loaded.SHAPES.has(structure)) {
      throw new IllegalStateException(
          "form of %s: none (expected: a heading in the table)".formatted(structure));
    }
    JsonObject shown = new JsonObject();
    for (Shape shape : Loaded.SHAPES.of(structure)) {
      if (shape.kind().equals("meta")) {
        value
            .objectOrEmpty(shape.name())
            .forEach(field -> shown.set(field.name(), byKeys(field.value())));
      } else {
        shown.set(shape.goName(), part(shape.kind(), value.given(shape.name())));
      }
    }
    return shown;
  }

  /// Labels and annotations are maps in Go, which it writes by their keys.
  private static Json byKeys(Json value) {
    return value instanceof JsonObject map ? GoForm.map(map) : value;
  }

  private static Json part(String kind, @Nullable Json value) {
    Json there = value == null ? Json.NULL : value;
    boolean absent = there instanceof Json.Null;
    return switch (kind) {
      case "text" -> absent ? Json.of("") : there;
      case "number" -> absent ? Json.of(0) : there;
      case "quantity" -> absent ? Json.of("0") : there;
      case "bool" -> absent ? Json.of(false) : there;
      case "map" -> GoForm.map(value instanceof JsonObject map ? map : null);
      case "?selector" -> GoForm.selector(value instanceof JsonObject map ? map : null);
      case "?", "list", "bytes" -> there;
      default -> structure(kind, value);
    };
  }

  private static Json structure(String kind, @Nullable Json value) {
    if (kind.startsWith("[]")) {
      return value instanceof JsonArray list ? items(kind.substring(2), list) : Json.NULL;
    }
    boolean optional = kind.startsWith("?");
    if (value instanceof JsonObject object) {
      return of(optional ? kind.substring(1) : kind, object);
    }
    return optional ? Json.NULL : of(kind, new JsonObject());
  }

  /// @param structure of each item
  static JsonArray items(String structure, JsonArray list) {
    JsonArray shown = new JsonArray();
    for (Json item : list) {
      shown.add(item instanceof JsonObject object ? of(structure, object) : item);
    }
    return shown;
  }

  /// Equal as Go compares structures: one that is there without anything is not one that is absent, where it may be.
  static boolean same(String structure, JsonObject one, JsonObject other) {
    return Immutable.same(one, other) && isAlikeThere(structure, one, other);
  }

  /// As [#same], of a structure whose fields stand among others.
  static boolean sameAmongOthers(String structure, JsonObject one, JsonObject other) {
    return Immutable.same(of(structure, one), of(structure, other))
        && isAlikeThere(structure, one, other);
  }

  /// As [#same], of lists of structures.
  static boolean same(String structure, JsonArray one, JsonArray other) {
    return Immutable.same(one, other) && areAlikeThere(structure, one, other);
  }

  /// Whether two that are else equal have the same of what may be absent.
  private static boolean isAlikeThere(String structure, JsonObject one, JsonObject other) {
    for (Shape shape : Loaded.SHAPES.of(structure)) {
      if (!isAlikeThere(shape, one.get(shape.name()), other.get(shape.name()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlikeThere(Shape shape, @Nullable Json one, @Nullable Json other) {
    String kind = shape.kind();
    if (kind.startsWith("?") && isAbsent(one) != isAbsent(other)) {
      return false;
    }
    if (kind.equals("map")) {
      return Immutable.sameEntries(mapOf(one), mapOf(other));
    }
    String inner = kind.startsWith("?") ? kind.substring(1) : kind;
    if (kind.startsWith("[]") && one instanceof JsonArray list && other instanceof JsonArray that) {
      return areAlikeThere(kind.substring(2), list, that);
    }
    return !Loaded.SHAPES.has(inner) || isAlikeThere(inner, structureOf(one), structureOf(other));
  }

  private static boolean areAlikeThere(String structure, JsonArray one, JsonArray other) {
    for (int i = 0; i < one.size(); i++) {
      if (!isAlikeThere(structure, structureOf(one.at(i)), structureOf(other.at(i)))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAbsent(@Nullable Json value) {
    return value == null || value instanceof Json.Null;
  }

  private static @Nullable JsonObject mapOf(@Nullable Json value) {
    return value instanceof JsonObject map ? map : null;
  }

  private static JsonObject structureOf(@Nullable Json value) {
    return value instanceof JsonObject object ? object : new JsonObject();
  }

  /// What changed, as lines with three lines around them.
  static String diff(String structure, JsonObject before, JsonObject after) {
    return UnifiedDiff.of(lines(of(structure, before)), lines(of(structure, after)));
  }

  private static List<String> lines(Json value) {
    return PrettyJson.text(value).lines().toList();
  }
}
