package dev.pintle.etcd.concurrency;

import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.FieldSize;
import dev.pintle.etcd.message.FieldWriter;
import dev.pintle.kernel.Bytes;
import io.netty.buffer.ByteBuf;

/// The key by which somebody leads, as `LeaderKey` has it.
///
/// @param name of the election
/// @param revision at which the key was created
record LeaderKey(Bytes name, Bytes key, long revision, long lease) {
  static LeaderKey decode(FieldReader in) {
    Bytes name = Bytes.EMPTY;
    Bytes key = Bytes.EMPTY;
    long revision = 0;
    long lease = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> name = in.bytes();
        case 2 -> key = in.bytes();
        case 3 -> revision = in.int64();
        case 4 -> lease = in.int64();
        default -> in.skip();
      }
    }
    return new LeaderKey(name, key, revision, lease);
  }

  int size() {
    return FieldSize.bytes(1, name)
        + FieldSize.bytes(2, key)
        + FieldSize.int64(3, revision)
        + FieldSize.int64(4, lease);
  }

  void write(ByteBuf out) {
    FieldWriter.bytes(out, 1, name);
    FieldWriter.bytes(out, 2, key);
    FieldWriter.int64(out, 3, revision);
    FieldWriter.int64(out, 4, lease);
  }
}
