package dev.pintle.kube.cel;

import org.jspecify.annotations.Nullable;

/// A value of a library that has fields, which expressions can select.
interface StructuredValue extends LibraryValue {
  /// What a field holds, null when it is not set.
  @Nullable Value field(String name);

  /// What is told of a field that is selected and not set.
  default CelException unset(String name) {
    return new CelException("no such key: " + name);
  }
}
