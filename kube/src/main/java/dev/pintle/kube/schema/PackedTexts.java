package dev.pintle.kube.schema;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Texts of a packed file by number; each becomes a [String], interned, when first asked for.
final class PackedTexts {
  private static final int HEAD = Integer.BYTES;

  private final ByteBuffer bytes;
  private final int count;
  private final AtomicReferenceArray<String> made;

  /// @param bytes how many, the end of each, then the texts in UTF-8
  PackedTexts(ByteBuffer bytes) {
    this.bytes = bytes;
    this.count = bytes.getInt(0);
    this.made = new AtomicReferenceArray<>(count);
  }

  String text(int number) {
    String known = made.get(number);
    if (known != null) {
      return known;
    }
    int from = number == 0 ? 0 : bytes.getInt(HEAD + (number - 1) * Integer.BYTES);
    byte[] utf8 = new byte[bytes.getInt(HEAD + number * Integer.BYTES) - from];
    bytes.get(HEAD + count * Integer.BYTES + from, utf8);
    String text = new String(utf8, StandardCharsets.UTF_8).intern();
    made.set(number, text);
    return text;
  }
}
