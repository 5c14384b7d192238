package dev.pintle.etcd.maintenance;

import dev.pintle.etcd.message.KeyValueMessage;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.state.WriteVisitor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// The checksum that etcd gives a history: two stores that hold the same writes have the same, whoever serves them. It is a
/// CRC-32C over the name of etcd's bucket, and then over the key and the value under which etcd keeps each write: the revision,
/// marked when it is a deletion, and the key-value message, which for a deletion has the key alone.
final class HistoryHash implements WriteVisitor {
  private static final byte[] BUCKET = "key".getBytes(StandardCharsets.US_ASCII);

  private final CRC32C crc = new CRC32C();
  private final ByteBuf record = Unpooled.buffer();

  HistoryHash() {
    crc.update(BUCKET);
  }

  @Override
  public void visit(int sub, KeyValue write, boolean deletion) {
    record.clear();
    record.writeLong(write.modRevision()).writeByte('_').writeLong(sub);
    if (deletion) {
      record.writeByte('t');
      KeyValueMessage.write(record, new KeyValue(write.key(), 0, 0, 0, 0, Bytes.EMPTY));
    } else {
      KeyValueMessage.write(record, write);
    }
    crc.update(record.array(), 0, record.writerIndex());
  }

  /// Unsigned, of 32 bits.
  long value() {
    return crc.getValue();
  }
}
