package dev.pintle.kube.cel;

/// A value of a type that a library of functions brings.
interface LibraryValue {
  /// The name of its type in expressions.
  String typeName();

  /// How the server that is written in Go calls its type.
  String goTypeName();

  /// What upstream counts when it tells the cost of a call: 1 for what has no size.
  default long size() {
    return 1;
  }

  /// Whether another value of this type is equal to it.
  default boolean isSame(LibraryValue other) {
    return equals(other);
  }

  /// Whether it says nothing.
  default boolean isZero() {
    return false;
  }

  /// What the conversion to a string makes of it.
  default String text() {
    throw CelException.noOverload();
  }

  static <T extends LibraryValue> T of(Value value, Class<T> type) {
    if (value instanceof Value.Extension(LibraryValue object) && type.isInstance(object)) {
      return type.cast(object);
    }
    throw CelException.noOverload();
  }
}
