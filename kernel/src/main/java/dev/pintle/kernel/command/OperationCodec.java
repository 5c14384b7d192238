package dev.pintle.kernel.command;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.codec.ByteReader;
import dev.pintle.kernel.codec.ByteWriter;
import dev.pintle.kernel.command.Command.Compare;
import dev.pintle.kernel.command.Command.DeleteRange;
import dev.pintle.kernel.command.Command.Operation;
import dev.pintle.kernel.command.Command.Put;
import dev.pintle.kernel.command.Command.Range;
import dev.pintle.kernel.command.Command.Relation;
import dev.pintle.kernel.command.Command.Target;
import dev.pintle.kernel.command.Command.Txn;
import dev.pintle.kernel.keyspace.KeyRange;
import java.util.ArrayList;
import java.util.List;

/// Operations of a transaction, and what they are made of, as bytes.
final class OperationCodec {
  /// Deeper nesting is refused on both sides, so that reading needs no more stack than writing was given.
  static final int TXN_DEPTH_MAX = 512;

  private static final int PUT = 1;
  private static final int DELETE_RANGE = 2;
  private static final int TXN = 3;
  private static final int RANGE = 4;

  private static final int PREVIOUS = 1;
  private static final int KEEP_VALUE = 2;
  private static final int KEEP_LEASE = 4;
  private static final int WITH_LEASE = 8;
  private static final int PUT_FLAGS_MAX = 15;

  private static final int POINT = 0;
  private static final int BOUNDED = 1;
  private static final int UNBOUNDED = 2;

  private static final Target[] TARGETS = {
    Target.VERSION, Target.CREATE, Target.MOD, Target.VALUE, Target.LEASE
  };
  private static final Relation[] RELATIONS = {
    Relation.EQUAL, Relation.GREATER, Relation.LESS, Relation.NOT_EQUAL
  };

  private OperationCodec() {}

  static void writePut(Put put, ByteWriter out) {
    out.writeByte(
        (put.previous() ? PREVIOUS : 0)
            | (put.keepValue() ? KEEP_VALUE : 0)
            | (put.keepLease() ? KEEP_LEASE : 0)
            | (put.leaseId() != 0 ? WITH_LEASE : 0));
    if (put.leaseId() != 0) {
      out.writeLong(put.leaseId());
    }
    out.writeSized(put.key());
    out.writeSized(put.value());
  }

  static Put readPut(ByteReader in) {
    int flags = in.readByte();
    in.expect(flags <= PUT_FLAGS_MAX, "put flags: %d (expected: <= %d)", flags, PUT_FLAGS_MAX);
    long lease = (flags & WITH_LEASE) != 0 ? in.readLong() : 0;
    Bytes key = in.readSized();
    Bytes value = in.readSized();
    return new Put(
        key,
        value,
        lease,
        (flags & PREVIOUS) != 0,
        (flags & KEEP_VALUE) != 0,
        (flags & KEEP_LEASE) != 0);
  }

  static void writeDelete(DeleteRange delete, ByteWriter out) {
    out.writeByte(delete.previous() ? PREVIOUS : 0);
    writeRange(delete.range(), out);
  }

  static DeleteRange readDelete(ByteReader in) {
    boolean previous = in.readFlag();
    return new DeleteRange(readRange(in), previous);
  }

  static void writeTxn(Txn txn, ByteWriter out, int depth) {
    if (depth >= TXN_DEPTH_MAX) {
      throw new IllegalArgumentException(
          "transaction: nested deeper than %d (expected: not)".formatted(TXN_DEPTH_MAX));
    }
    out.writeVarint(txn.guards().size());
    for (Compare guard : txn.guards()) {
      writeGuard(guard, out);
    }
    writeOperations(txn.then(), out, depth);
    writeOperations(txn.otherwise(), out, depth);
  }

  static Txn readTxn(ByteReader in, int depth) {
    in.expect(depth < TXN_DEPTH_MAX, "transaction: nested deeper than %d", TXN_DEPTH_MAX);
    int count = in.readLength();
    List<Compare> guards = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      guards.add(readGuard(in));
    }
    List<Operation> then = readOperations(in, depth);
    return new Txn(guards, then, readOperations(in, depth));
  }

  private static void writeGuard(Compare guard, ByteWriter out) {
    writeRange(guard.range(), out);
    out.writeOneOf(TARGETS, guard.target());
    out.writeOneOf(RELATIONS, guard.relation());
    out.writeLong(guard.number());
    out.writeSized(guard.value());
  }

  private static Compare readGuard(ByteReader in) {
    KeyRange range = readRange(in);
    Target target = in.readOneOf(TARGETS);
    Relation relation = in.readOneOf(RELATIONS);
    return new Compare(range, target, relation, in.readLong(), in.readSized());
  }

  private static void writeOperations(List<Operation> operations, ByteWriter out, int depth) {
    out.writeVarint(operations.size());
    for (Operation operation : operations) {
      writeOperation(operation, out, depth);
    }
  }

  private static void writeOperation(Operation operation, ByteWriter out, int depth) {
    switch (operation) {
      case Put put -> {
        out.writeByte(PUT);
        writePut(put, out);
      }
      case DeleteRange delete -> {
        out.writeByte(DELETE_RANGE);
        writeDelete(delete, out);
      }
      case Txn txn -> {
        out.writeByte(TXN);
        writeTxn(txn, out, depth + 1);
      }
      case Range range -> {
        out.writeByte(RANGE);
        RangeRequestCodec.write(range.request(), out);
      }
    }
  }

  private static List<Operation> readOperations(ByteReader in, int depth) {
    int count = in.readLength();
    List<Operation> operations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      operations.add(readOperation(in, depth));
    }
    return operations;
  }

  private static Operation readOperation(ByteReader in, int depth) {
    int kind = in.readByte();
    return switch (kind) {
      case PUT -> readPut(in);
      case DELETE_RANGE -> readDelete(in);
      case TXN -> readTxn(in, depth + 1);
      case RANGE -> new Range(RangeRequestCodec.read(in));
      default -> throw in.malformed("operation kind: %d (expected: 1 to %d)", kind, RANGE);
    };
  }

  static void writeRange(KeyRange range, ByteWriter out) {
    Bytes to = range.to();
    out.writeByte(range.isPoint() ? POINT : to == null ? UNBOUNDED : BOUNDED);
    out.writeSized(range.from());
    if (to != null && !range.isPoint()) {
      out.writeSized(to);
    }
  }

  static KeyRange readRange(ByteReader in) {
    int kind = in.readByte();
    Bytes from = in.readSized();
    return switch (kind) {
      case POINT -> KeyRange.point(from);
      case BOUNDED -> new KeyRange(from, in.readSized());
      case UNBOUNDED -> KeyRange.fromKey(from);
      default -> throw in.malformed("range kind: %d (expected: 0 to %d)", kind, UNBOUNDED);
    };
  }
}
