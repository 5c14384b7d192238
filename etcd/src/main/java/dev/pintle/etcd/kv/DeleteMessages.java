package dev.pintle.etcd.kv;

import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.FieldSize;
import dev.pintle.etcd.message.FieldWriter;
import dev.pintle.etcd.message.KeyRangeField;
import dev.pintle.etcd.message.KeyValueMessage;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.etcd.status.StatusException;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome.DeleteReply;
import dev.pintle.kernel.keyspace.KeyValue;
import io.netty.buffer.ByteBuf;

/// The reader of `DeleteRangeRequest` and writer of the body of `DeleteRangeResponse`.
final class DeleteMessages {
  private static final int DELETED = 2;
  private static final int PREVIOUS = 3;

  private DeleteMessages() {}

  static Command.DeleteRange decode(FieldReader in) {
    Bytes key = Bytes.EMPTY;
    Bytes end = Bytes.EMPTY;
    boolean previous = false;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> key = in.bytes();
        case 2 -> end = in.bytes();
        case 3 -> previous = in.bool();
        default -> in.skip();
      }
    }
    if (key.isEmpty()) {
      throw new StatusException(EtcdStatus.EMPTY_KEY);
    }
    return new Command.DeleteRange(KeyRangeField.of(key, end), previous);
  }

  static int bodySize(DeleteReply reply) {
    int size = FieldSize.int64(DELETED, reply.deleted());
    for (KeyValue kv : reply.previous()) {
      size += KeyValueMessage.fieldSize(PREVIOUS, kv);
    }
    return size;
  }

  static void writeBody(ByteBuf out, DeleteReply reply) {
    FieldWriter.int64(out, DELETED, reply.deleted());
    for (KeyValue kv : reply.previous()) {
      KeyValueMessage.writeField(out, PREVIOUS, kv);
    }
  }
}
