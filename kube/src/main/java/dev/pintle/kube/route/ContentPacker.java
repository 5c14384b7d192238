package dev.pintle.kube.route;

import dev.pintle.kube.encode.Gzipped;

/// The packing of an answer for a client that takes it packed: what is long is packed, a whole document once for all who ask.
///
/// @param wanted whether the client takes packed answers
/// @param copy of the whole
record ContentPacker(boolean wanted, PackedCopy copy) {
  /// What is shorter leaves as it is.
  private static final int BYTES_MIN = 1_400;

  /// Nothing is packed.
  static ContentPacker none() {
    return new ContentPacker(false, new PackedCopy());
  }

  boolean packs(int bytes) {
    return wanted && bytes >= BYTES_MIN;
  }

  byte[] whole(String tag, byte[] plain) {
    return copy.of(tag, plain);
  }

  byte[] part(byte[] plain) {
    return Gzipped.bytes(plain);
  }
}
