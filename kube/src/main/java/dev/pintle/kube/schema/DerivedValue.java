package dev.pintle.kube.schema;

import org.jspecify.annotations.Nullable;

/// A value that somebody worked out of something immutable and keeps beside it, in a chain of values of different types.
record DerivedValue(Class<?> type, Object value, @Nullable DerivedValue next) {
  /// The value of a type, null when it is not there yet.
  static <T> @Nullable T find(@Nullable DerivedValue chain, Class<T> type) {
    for (DerivedValue known = chain; known != null; known = known.next) {
      if (known.type == type) {
        return type.cast(known.value);
      }
    }
    return null;
  }
}
