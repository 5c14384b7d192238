package dev.pintle.schema;

import java.io.ByteArrayOutputStream;
import java.util.List;

/// The bytes of one written record: whole numbers of seven bits a byte, least first, and texts by
/// their number.
final class PackedRecordWriter {
  private static final int MORE = 0x80;
  private static final int BITS = 7;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TextPool texts;

  PackedRecordWriter(TextPool texts) {
    this.texts = texts;
  }

  PackedRecordWriter number(int value) {
    int rest = value;
    while (rest >= MORE) {
      bytes.write(rest | MORE);
      rest >>>= BITS;
    }
    bytes.write(rest);
    return this;
  }

  PackedRecordWriter flag(boolean value) {
    return number(value ? 1 : 0);
  }

  PackedRecordWriter text(String value) {
    return number(texts.number(value));
  }

  PackedRecordWriter texts(List<String> values) {
    number(values.size());
    values.forEach(this::text);
    return this;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }
}
