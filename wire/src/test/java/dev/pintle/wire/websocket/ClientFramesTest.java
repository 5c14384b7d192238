package dev.pintle.wire.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.wire.SocketReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFramesTest {
  private static final byte[] MASK = {1, 2, 3, 4};

  private final ClientFrames frames = new ClientFrames(SocketReader.NOBODY);

  private int read(byte[] bytes) {
    return frames.read(Unpooled.wrappedBuffer(bytes));
  }

  private static byte[] hex(String text) {
    return HexFormat.ofDelimiter(" ").parseHex(text);
  }

  private static byte[] frame(int first, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    out.write(0x80 | (payload.length < 126 ? payload.length : 126));
    if (payload.length >= 126) {
      out.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
    }
    out.writeBytes(MASK);
    for (int i = 0; i < payload.length; i++) {
      out.write(payload[i] ^ MASK[i % 4]);
    }
    return out.toByteArray();
  }

  private static byte[] text(String payload) {
    return payload.getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 1000})
  void aPingBetweenThePartsOfAMessageIsKeptHoweverItComes(int pieceBytes) {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    sent.writeBytes(frame(0x01, text("of a")));
    sent.writeBytes(frame(0x89, text("old")));
    sent.writeBytes(frame(0x89, text("are you there?")));
    sent.writeBytes(frame(0x80, new byte[300]));
    sent.writeBytes(frame(0x8a, text("unasked")));
    byte[] all = sent.toByteArray();
    for (int at = 0; at < all.length; at += pieceBytes) {
      assertThat(read(Arrays.copyOfRange(all, at, Math.min(all.length, at + pieceBytes))))
          .isEqualTo(CloseStatus.OPEN);
    }
    assertThat(frames.takePing()).isEqualTo(text("are you there?"));
    assertThat(frames.takePing()).isNull();
  }

  @Test
  void anEmptyPingIsAnsweredEmpty() {
    assertThat(read(frame(0x89, new byte[0]))).isEqualTo(CloseStatus.OPEN);
    assertThat(frames.takePing()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'88 80 00 00 00 00', 1000",
    "'88 82 00 00 00 00 03 e9', 1000",
    "'81 02 68 69', 1002",
    "'89 00', 1002",
    "'c1 80', 1002",
    "'a1 80', 1002",
    "'91 80', 1002",
    "'83 80', 1002",
    "'8b 80', 1002",
    "'80 80', 1002",
    "'09 80', 1002",
    "'89 fe', 1002",
    "'88 ff', 1002",
    "'01 80 00 00 00 00 01 80', 1002",
    "'01 80 00 00 00 00 82 80', 1002",
    "'82 ff 80 00 00 00 00 00 00 00 00 00 00 00', 1002",
    "'82 ff 00 00 00 00 02 00 00 01 00 00 00 00', 1009",
    "'82 ff 00 00 00 00 02 00 00 00 00 00 00 00', 0",
    "'02 fe ff ff 00 00 00 00', 0",
    "'81 80 00 00 00 00', 0"
  })
  void whoeverClosesOrDoesNotKeepToTheProtocolIsDoneWith(String bytes, int status) {
    assertThat(read(hex(bytes))).isEqualTo(status);
  }

  @Test
  void theLimitOfAMessageIsThatOfAllItsParts() {
    byte[] head = hex("02 ff 00 00 00 00 01 00 00 00 00 00 00 00");
    byte[] more = hex("00 ff 00 00 00 00 01 00 00 00 00 00 00 00");
    ByteBuf half = Unpooled.wrappedBuffer(new byte[1 << 24]);
    assertThat(read(head)).isEqualTo(CloseStatus.OPEN);
    assertThat(frames.read(half.duplicate())).isEqualTo(CloseStatus.OPEN);
    assertThat(read(more)).isEqualTo(CloseStatus.OPEN);
    assertThat(frames.read(half.duplicate())).isEqualTo(CloseStatus.OPEN);
    assertThat(read(hex("80 81 00 00 00 00"))).isEqualTo(CloseStatus.TOO_LARGE);
  }

  @Test
  void nothingIsReadBehindTheEnd() {
    ByteBuf both = Unpooled.wrappedBuffer(frame(0x88, new byte[0]), frame(0x89, text("late")));
    assertThat(frames.read(both)).isEqualTo(CloseStatus.NORMAL);
    assertThat(frames.hasPing()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000})
  void whatAMessageSaysIsHandedOnWithoutItsMaskHoweverItComes(int pieceBytes) {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    ClientFrames listening =
        new ClientFrames((part, end) -> {
          heard.writeBytes(part);
          if (end) {
            heard.write('|');
          }
          return true;
        });
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    sent.writeBytes(frame(0x01, text("a message ")));
    sent.writeBytes(frame(0x89, text("ping")));
    sent.writeBytes(frame(0x80, text("of two frames")));
    sent.writeBytes(frame(0x81, new byte[0]));
    sent.writeBytes(frame(0x82, text("and another")));
    byte[] all = sent.toByteArray();
    for (int at = 0; at < all.length; at += pieceBytes) {
      byte[] piece = Arrays.copyOfRange(all, at, Math.min(all.length, at + pieceBytes));
      assertThat(listening.read(Unpooled.wrappedBuffer(piece))).isEqualTo(CloseStatus.OPEN);
    }
    assertThat(heard.toString(StandardCharsets.US_ASCII))
        .isEqualTo("a message of two frames||and another|");
  }

  @Test
  void aClientThatSaysMoreThanItMayIsClosed() {
    ClientFrames listening = new ClientFrames((part, end) -> false);
    assertThat(listening.read(Unpooled.wrappedBuffer(frame(0x81, text("too much")))))
        .isEqualTo(CloseStatus.TOO_LARGE);
  }
}
