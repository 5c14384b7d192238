package dev.pintle.etcd.kv;

import dev.pintle.etcd.message.FieldSize;
import dev.pintle.etcd.message.FieldWriter;
import dev.pintle.etcd.message.KeyValueMessage;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeResult;
import io.netty.buffer.ByteBuf;
import java.util.List;

/// The body of `RangeResponse`.
final class RangeMessages {
  private static final int ENTRIES = 2;
  private static final int MORE = 3;
  private static final int COUNT = 4;

  private RangeMessages() {}

  static int bodySize(RangeResult result) {
    int size = FieldSize.bool(MORE, result.more()) + FieldSize.int64(COUNT, result.count());
    List<KeyValue> entries = result.entries();
    for (int i = 0; i < entries.size(); i++) {
      size += KeyValueMessage.fieldSize(ENTRIES, entries.get(i));
    }
    return size;
  }

  static void writeBody(ByteBuf out, RangeResult result) {
    List<KeyValue> entries = result.entries();
    for (int i = 0; i < entries.size(); i++) {
      KeyValueMessage.writeField(out, ENTRIES, entries.get(i));
    }
    FieldWriter.bool(out, MORE, result.more());
    FieldWriter.int64(out, COUNT, result.count());
  }
}
