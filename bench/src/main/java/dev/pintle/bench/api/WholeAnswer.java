package dev.pintle.bench.api;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// A call whose answer is one text, kept or thrown away.
final class WholeAnswer extends ApiExchange {
  private final boolean keeps;
  private final StringBuilder body = new StringBuilder();

  WholeAnswer(boolean keeps) {
    this.keeps = keeps;
  }

  /// What is kept is ASCII: the bench writes nothing else.
  @Override
  void data(ByteBuf part) {
    if (succeeds() && !keeps) {
      return;
    }
    int length =
        succeeds()
            ? part.readableBytes()
            : Math.min(part.readableBytes(), ApiAnswer.ERROR_CHARS_MAX - body.length());
    if (length > 0) {
      body.append(part.toString(part.readerIndex(), length, StandardCharsets.ISO_8859_1));
    }
  }

  @Override
  String kept() {
    return body.toString();
  }
}
