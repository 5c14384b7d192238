package dev.pintle.schema;

/// The shape of a value: a plain value, a list, a map, or a definition by name.
sealed interface Shape {
  record Value(ValueWord word) implements Shape {}

  /// A list.
  ///
  /// @param wrapper the message that wraps the list in protobuf, or empty
  record Many(Shape items, String wrapper) implements Shape {}

  record Named(Shape values) implements Shape {}

  record Ref(String typeName) implements Shape {}
}
