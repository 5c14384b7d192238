package dev.pintle.etcd.kv;

import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.KeyRangeField;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.etcd.status.StatusException;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command.Compare;
import dev.pintle.kernel.command.Command.Relation;
import dev.pintle.kernel.command.Command.Target;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStatus.Code;

/// The fields of one `Compare` while they are read. The value to compare with is a oneof: the last one sent stands, and one
/// that does not belong to the target counts as unset.
final class CompareFields {
  private static final Relation[] RELATIONS = Relation.values();
  private static final Target[] TARGETS = {
    Target.VERSION, Target.CREATE, Target.MOD, Target.VALUE, Target.LEASE
  };
  // the field of the oneof that belongs to the target of the same index
  private static final int FIRST_OPERAND = 4;

  private int relation;
  private int target;
  private Bytes key = Bytes.EMPTY;
  private Bytes end = Bytes.EMPTY;
  private int operand;
  private long number;
  private Bytes value = Bytes.EMPTY;

  static Compare decode(FieldReader in) {
    CompareFields fields = new CompareFields();
    for (int field = in.next(); field != 0; field = in.next()) {
      fields.read(field, in);
    }
    return fields.guard();
  }

  private void read(int field, FieldReader in) {
    switch (field) {
      case 1 -> relation = in.int32();
      case 2 -> target = in.int32();
      case 3 -> key = in.bytes();
      case 4, 5, 6, 8 -> {
        operand = field;
        number = in.int64();
      }
      case 7 -> {
        operand = field;
        value = in.bytes();
      }
      case 64 -> end = in.bytes();
      default -> in.skip();
    }
  }

  private Compare guard() {
    if (key.isEmpty()) {
      throw new StatusException(EtcdStatus.EMPTY_KEY);
    }
    boolean known = operand == FIRST_OPERAND + target;
    return new Compare(
        KeyRangeField.of(key, end),
        pick("target", TARGETS, target),
        pick("result", RELATIONS, relation),
        known ? number : 0,
        known ? value : Bytes.EMPTY);
  }

  private static <T> T pick(String what, T[] all, int index) {
    if (index < 0 || index >= all.length) {
      throw new StatusException(
          new GrpcStatus(
              Code.INVALID_ARGUMENT,
              "compare %s: %d (expected: 0 to %d)".formatted(what, index, all.length - 1)));
    }
    return all[index];
  }
}
