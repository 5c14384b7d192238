package dev.pintle.bench.api;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// A call whose answer is read line by line.
final class LineAnswer extends ApiExchange {
  private static final int LINE_BYTES = 16 << 10;

  private final LineReader reader;
  private byte[] line = new byte[LINE_BYTES];
  private int length;

  LineAnswer(LineReader reader) {
    this.reader = reader;
  }

  @Override
  void data(ByteBuf part) {
    if (!succeeds()) {
      return;
    }
    while (part.isReadable()) {
      int rest = part.bytesBefore((byte) '\n');
      int count = rest < 0 ? part.readableBytes() : rest;
      if (length + count > line.length) {
        line = Arrays.copyOf(line, Math.max(2 * line.length, length + count));
      }
      part.readBytes(line, length, count);
      length += count;
      if (rest >= 0) {
        part.skipBytes(1);
        reader.line(line, length);
        length = 0;
      }
    }
  }

  @Override
  String kept() {
    return "";
  }
}
