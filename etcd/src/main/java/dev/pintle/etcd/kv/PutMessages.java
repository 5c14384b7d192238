package dev.pintle.etcd.kv;

import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.KeyValueMessage;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.etcd.status.StatusException;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome.PutReply;
import io.netty.buffer.ByteBuf;

/// The reader of `PutRequest` and writer of the body of `PutResponse`.
final class PutMessages {
  private static final int PREVIOUS = 2;

  private PutMessages() {}

  static Command.Put decode(FieldReader in) {
    Bytes key = Bytes.EMPTY;
    Bytes value = Bytes.EMPTY;
    long lease = 0;
    boolean previous = false;
    boolean keepValue = false;
    boolean keepLease = false;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> key = in.bytes();
        case 2 -> value = in.bytes();
        case 3 -> lease = in.int64();
        case 4 -> previous = in.bool();
        case 5 -> keepValue = in.bool();
        case 6 -> keepLease = in.bool();
        default -> in.skip();
      }
    }
    return checked(new Command.Put(key, value, lease, previous, keepValue, keepLease));
  }

  static int bodySize(PutReply reply) {
    return reply.previous() == null ? 0 : KeyValueMessage.fieldSize(PREVIOUS, reply.previous());
  }

  static void writeBody(ByteBuf out, PutReply reply) {
    if (reply.previous() != null) {
      KeyValueMessage.writeField(out, PREVIOUS, reply.previous());
    }
  }

  private static Command.Put checked(Command.Put put) {
    if (put.key().isEmpty()) {
      throw new StatusException(EtcdStatus.EMPTY_KEY);
    }
    if (put.keepValue() && !put.value().isEmpty()) {
      throw new StatusException(EtcdStatus.VALUE_PROVIDED);
    }
    if (put.keepLease() && put.leaseId() != 0) {
      throw new StatusException(EtcdStatus.LEASE_PROVIDED);
    }
    return put;
  }
}
