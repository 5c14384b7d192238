package dev.pintle.etcd.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.pintle.etcd.proto.KeyValue;
import dev.pintle.etcd.proto.WatchCreateRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FieldReaderTest {
  private static ByteBuf bytes(int... values) {
    ByteBuf buffer = Unpooled.buffer();
    for (int value : values) {
      buffer.writeByte(value);
    }
    return buffer;
  }

  @Test
  void fieldsOfEveryKindAreRead() {
    KeyValue kv =
        KeyValue.newBuilder()
            .setKey(ByteString.copyFromUtf8("k"))
            .setCreateRevision(Long.MIN_VALUE)
            .setModRevision(Long.MAX_VALUE)
            .setVersion(-1)
            .setValue(ByteString.copyFrom(new byte[300]))
            .setLease(1)
            .build();
    FieldReader in = FieldReader.of(Unpooled.wrappedBuffer(kv.toByteArray()));
    assertThat(in.next()).isEqualTo(1);
    assertThat(in.bytes().utf8()).isEqualTo("k");
    assertThat(in.next()).isEqualTo(2);
    assertThat(in.int64()).isEqualTo(Long.MIN_VALUE);
    assertThat(in.next()).isEqualTo(3);
    assertThat(in.int64()).isEqualTo(Long.MAX_VALUE);
    assertThat(in.next()).isEqualTo(4);
    assertThat(in.int64()).isEqualTo(-1);
    assertThat(in.next()).isEqualTo(5);
    assertThat(in.bytes().size()).isEqualTo(300);
    assertThat(in.next()).isEqualTo(6);
    assertThat(in.bool()).isTrue();
    assertThat(in.next()).isZero();
  }

  @Test
  void unknownFieldsOfEveryWireTypeAreSkipped() {
    // field 1 varint, 2 fixed64, 3 bytes, 4 a group holding a varint, 5 fixed32, then 6 = 7
    ByteBuf message =
        bytes(
            0x08, 0x96, 0x01, 0x11, 1, 2, 3, 4, 5, 6, 7, 8, 0x1a, 2, 9, 9, 0x23, 0x08, 0x01, 0x24,
            0x2d, 1, 2, 3, 4, 0x30, 7);
    FieldReader in = FieldReader.of(message);
    int field = in.next();
    while (field != 6) {
      in.skip();
      field = in.next();
    }
    assertThat(in.int64()).isEqualTo(7);
    assertThat(in.next()).isZero();
  }

  @Test
  void packedNumbersAreReadOneByOne() {
    WatchCreateRequest create =
        WatchCreateRequest.newBuilder()
            .addFilters(WatchCreateRequest.FilterType.NOPUT)
            .addFilters(WatchCreateRequest.FilterType.NODELETE)
            .build();
    FieldReader in = FieldReader.of(Unpooled.wrappedBuffer(create.toByteArray()));
    assertThat(in.next()).isEqualTo(5);
    assertThat(in.isPacked()).isTrue();
    FieldReader packed = in.message();
    assertThat(packed.packed()).isZero();
    assertThat(packed.packed()).isEqualTo(1);
    assertThat(packed.hasMore()).isFalse();
  }

  @Test
  void aLengthBeyondTheMessageIsMalformed() {
    FieldReader in = FieldReader.of(bytes(0x0a, 5, 'a'));
    in.next();
    assertThatThrownBy(in::bytes).isInstanceOf(MalformedMessage.class);
  }

  @Test
  void aNumberWithoutAnEndIsMalformed() {
    FieldReader in = FieldReader.of(bytes(0x08, 0x80));
    in.next();
    assertThatThrownBy(in::int64).isInstanceOf(MalformedMessage.class);
  }

  @Test
  void theFieldZeroIsMalformed() {
    FieldReader in = FieldReader.of(bytes(0x00, 0x00));
    assertThatThrownBy(in::next).isInstanceOf(MalformedMessage.class);
  }

  @Test
  void anyBytesAreReadOrRefusedAndNeverReadPastTheEnd() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 20_000; round++) {
      byte[] junk = new byte[random.nextInt(40)];
      random.nextBytes(junk);
      assertThat(walk(junk)).as("seed %d round %d", seed, round).isBetween(0, 40);
    }
  }

  private static int walk(byte[] junk) {
    FieldReader in = FieldReader.of(Unpooled.wrappedBuffer(junk));
    int fields = 0;
    try {
      while (in.next() != 0) {
        in.skip();
        fields++;
      }
    } catch (MalformedMessage refused) {
      return fields;
    }
    return fields;
  }
}
