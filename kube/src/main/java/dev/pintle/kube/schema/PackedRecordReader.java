package dev.pintle.kube.schema;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A reader of one record of a packed file from its start: numbers of seven bits a byte, least first, and texts by
/// number.
final class PackedRecordReader {
  private static final int MORE = 0x80;
  private static final int BITS = 7;

  private final ByteBuffer bytes;
  private final PackedTexts texts;
  private int at;

  PackedRecordReader(ByteBuffer bytes, int at, PackedTexts texts) {
    this.bytes = bytes;
    this.at = at;
    this.texts = texts;
  }

  /// The record with this number in a section that begins with a table of offsets.
  static PackedRecordReader of(ByteBuffer section, int number, PackedTexts texts) {
    int count = section.getInt(0);
    int start = Integer.BYTES + count * Integer.BYTES;
    return new PackedRecordReader(
        section, start + section.getInt(Integer.BYTES + number * Integer.BYTES), texts);
  }

  /// Another reader at the same place.
  PackedRecordReader copy() {
    return new PackedRecordReader(bytes, at, texts);
  }

  int number() {
    int value = 0;
    for (int shift = 0; ; shift += BITS) {
      int b = bytes.get(at++);
      value |= (b & (MORE - 1)) << shift;
      if ((b & MORE) == 0) {
        return value;
      }
    }
  }

  boolean flag() {
    return number() != 0;
  }

  String text() {
    return texts.text(number());
  }

  List<String> texts() {
    int count = number();
    List<String> read = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      read.add(text());
    }
    return read;
  }

  List<Integer> numbers() {
    int count = number();
    List<Integer> read = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      read.add(number());
    }
    return read;
  }
}
