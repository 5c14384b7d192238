package dev.pintle.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kernel.Bytes;
import org.junit.jupiter.api.Test;

final class ByteReaderTest {
  @Test
  void whatIsWrittenIsReadBack() {
    long[] numbers = {0, 1, 127, 128, 300, Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE};
    ByteWriter out = new ByteWriter(0);
    for (long number : numbers) {
      out.writeVarint(number);
      out.writeLong(number);
      out.writeInt((int) number);
    }
    out.writeSized(Bytes.utf8("text"));
    ByteReader in = new ByteReader(out.toByteArray());
    for (long number : numbers) {
      assertThat(in.readVarint()).isEqualTo(number);
      assertThat(in.readLong()).isEqualTo(number);
      assertThat(in.readInt()).isEqualTo((int) number);
    }
    assertThat(in.readSized()).isEqualTo(Bytes.utf8("text"));
    in.expectEnd();
  }

  @Test
  void nothingIsReadBeyondTheEndOfTheGivenPart() {
    byte[] source = new byte[20];
    ByteReader in = new ByteReader(source, 5, 3);
    assertThat(in.remaining()).isEqualTo(3);
    assertThatThrownBy(in::readInt)
        .isInstanceOf(MalformedBytes.class)
        .hasMessage("bytes left: 3 (expected: >= 4) at byte 5");
    assertThatThrownBy(in::expectEnd).hasMessageContaining("left over");
  }

  @Test
  void aLengthBeyondTheEndIsRefusedBeforeAnythingIsMade() {
    ByteWriter out = new ByteWriter(16);
    out.writeVarint(Long.MAX_VALUE);
    assertThatThrownBy(() -> new ByteReader(out.toByteArray()).readSized())
        .isInstanceOf(MalformedBytes.class)
        .hasMessageContaining("length");
  }

  @Test
  void anEndlessVarintIsRefused() {
    byte[] endless = new byte[11];
    java.util.Arrays.fill(endless, (byte) 0x80);
    assertThatThrownBy(() -> new ByteReader(endless).readVarint())
        .isInstanceOf(MalformedBytes.class)
        .hasMessageContaining("varint");
  }
}
