package dev.pintle.schema;

import java.util.ArrayList;
import java.util.List;

/// A field under construction, and what the tables say about it.
final class FieldDef {
  /// The choice that kube's `Presence` tells of, each with the number that stands for it in the written file.
  enum Presence {
    POINTER(0),
    OMIT_EMPTY(1),
    OMIT_ZERO(2),
    ALWAYS(3),
    NULLABLE(4);

    private final int code;

    Presence(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  final String name;
  Shape shape;
  boolean required;
  String description = "";

  /// The published lines of upstream's comment, none where the sources have none.
  List<String> comment = List.of();

  List<Integer> protoPath = List.of();
  Presence presence = Presence.OMIT_EMPTY;
  String listType = "";
  final List<String> mapKeys = new ArrayList<>();
  boolean atomic;

  /// Whether the parts of an atomic type may be owned separately here.
  boolean granular;

  final List<String> patchStrategies = new ArrayList<>();
  String mergeKey = "";
  String defaultValue = "";
  final List<String> enumeration = new ArrayList<>();

  FieldDef(String name, Shape shape) {
    this.name = name;
    this.shape = shape;
  }
}
