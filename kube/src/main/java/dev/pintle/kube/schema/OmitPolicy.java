package dev.pintle.kube.schema;

/// The behaviour of a field of a built-in kind when it has no value or the zero value, which follows from its
/// declaration in Go. Fields of custom resources are all [#POINTER]: what was sent stays, what was not stays away.
public enum OmitPolicy {
  /// Absent and zero are two things: written when set, whatever the value.
  POINTER,
  /// Left out of JSON at its zero value (a structure never is); in protobuf a scalar or structure
  /// is always written.
  OMIT_EMPTY,
  /// As [#OMIT_EMPTY], and a structure without any content is left out of JSON too.
  OMIT_ZERO,
  /// Always written: zero, an empty structure, or `null` for a list or map without value.
  ALWAYS,
  /// As [#POINTER], and written as `null` when not set.
  NULLABLE;

  /// Whether absent and zero are two things.
  public boolean isPointer() {
    return this == POINTER || this == NULLABLE;
  }
}
