package dev.pintle.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A definition under construction: an object with fields, or a value with a name of its own such
/// as `Time`.
final class TypeDef {
  final String name;
  ValueWord word;
  String description = "";

  /// The published lines of upstream's comment, none where the sources have none.
  List<String> comment = List.of();

  boolean atomic;
  final List<FieldDef> fields = new ArrayList<>();

  /// Fields that upstream declares elsewhere than their numbers say, each with the one before it.
  final List<Move> moves = new ArrayList<>();

  /// A move of a field.
  ///
  /// @param after the name of the field before it, empty for the first
  record Move(FieldDef field, String after) {}

  TypeDef(String name, ValueWord word) {
    this.name = name;
    this.word = word;
  }

  @Nullable FieldDef field(String fieldName) {
    for (FieldDef field : fields) {
      if (field.name.equals(fieldName)) {
        return field;
      }
    }
    return null;
  }

  /// In the order of upstream's declarations: what every object begins with, then by number in
  /// protobuf, but for moves.
  void sort() {
    fields.sort(
        Comparator.comparingInt(TypeDef::rank).thenComparing(TypeDef::numbers, Arrays::compare));
    for (Move move : moves) {
      fields.remove(move.field());
      fields.add(fields.indexOf(field(move.after())) + 1, move.field());
    }
  }

  private static int rank(FieldDef field) {
    return switch (field.name) {
      case "kind" -> field.protoPath.isEmpty() ? 0 : 2;
      case "apiVersion" -> field.protoPath.isEmpty() ? 1 : 2;
      default -> field.protoPath.isEmpty() ? 3 : 2;
    };
  }

  private static int[] numbers(FieldDef field) {
    return field.protoPath.stream().mapToInt(Integer::intValue).toArray();
  }
}
