package dev.pintle.kube.protobuf;

/// The numbers that say how the bytes after a tag are laid out.
final class WireType {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  /// How many bits of a tag are the wire type.
  static final int BITS = 3;

  private WireType() {}
}
