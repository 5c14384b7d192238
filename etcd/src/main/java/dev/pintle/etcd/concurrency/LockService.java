package dev.pintle.etcd.concurrency;

import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.FieldSize;
import dev.pintle.etcd.message.FieldWriter;
import dev.pintle.etcd.status.DecodingUnary;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.wire.GrpcCall;
import dev.pintle.wire.GrpcService.Method;
import io.netty.buffer.ByteBuf;
import java.util.Map;

/// The service `v3lockpb.Lock`.
final class LockService {
  private static final int KEY = 2;

  private final Sessions sessions;

  LockService(Sessions sessions) {
    this.sessions = sessions;
  }

  Map<String, Method> methods() {
    return Map.of(
        "/v3lockpb.Lock/Lock", DecodingUnary.unary(this::lock),
        "/v3lockpb.Lock/Unlock", DecodingUnary.unary(this::unlock));
  }

  private void lock(GrpcCall call, ByteBuf message) {
    FieldReader in = FieldReader.of(message);
    Bytes name = Bytes.EMPTY;
    long lease = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> name = in.bytes();
        case 2 -> lease = in.int64();
        default -> in.skip();
      }
    }
    new Locking(sessions, call, name).begin(lease);
  }

  private void unlock(GrpcCall call, ByteBuf message) {
    FieldReader in = FieldReader.of(message);
    Bytes key = Bytes.EMPTY;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> key = in.bytes();
        default -> in.skip();
      }
    }
    if (key.isEmpty()) {
      call.fail(ConcurrencyStatus.of(EtcdStatus.EMPTY_KEY));
    } else {
      sessions.submit(
          call,
          ConcurrencyCommands.delete(key),
          outcome -> {
            if (outcome instanceof Outcome.Applied applied) {
              sessions.answer(call, applied.revision());
            }
          });
    }
  }

  /// The way to a lock.
  private static final class Locking extends Candidacy {
    Locking(Sessions sessions, GrpcCall call, Bytes name) {
      super(sessions, call, name, Bytes.EMPTY);
    }

    @Override
    int keysNamed() {
      return 4;
    }

    @Override
    void resume(Standing standing, KeyValue found) {
      await(standing);
    }

    /// Whoever had to wait may have lost its lease meanwhile.
    @Override
    void reached(Standing standing, boolean waited) {
      long revision = waited ? revisionWith(standing.key()) : standing.revision();
      if (revision == 0) {
        call().fail(ConcurrencyStatus.SESSION_EXPIRED);
        return;
      }
      ByteBuf out =
          sessions()
              .header()
              .begin(call().allocator(), revision, FieldSize.bytes(KEY, standing.key()));
      FieldWriter.bytes(out, KEY, standing.key());
      call().reply(out);
    }

    @Override
    Command withdrawal(Standing standing) {
      return ConcurrencyCommands.delete(standing.key());
    }
  }
}
