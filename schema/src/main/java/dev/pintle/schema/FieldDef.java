package dev.pintle.schema;

import java.util.ArrayList;
import java.util.List;

/// A field under construction, and what the tables say about it.
final class FieldDef {
  /// The order is that of kube's `Presence`.
  enum Presence {
    POINTER,
    OMIT_EMPTY,
    OMIT_ZERO,
    ALWAYS
  }

  final String name;
  Shape shape;
  boolean required;
  String description = "";
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
