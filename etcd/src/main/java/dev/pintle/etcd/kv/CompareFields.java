package dev.pintle.etcd.kv;

import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.message.KeyRangeField;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.etcd.status.StatusException;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command.Compare;
import dev.pintle.kernel.command.Command.Relation;
import dev.pintle.kernel.command.Command.Target;
import dev.pintle.kernel.keyspace.KeyRange;

/// The fields of one `Compare` while they are read. The value to compare with is a oneof: the last one sent stands, and one
/// that does not belong to the target counts as unset.
final class CompareFields {
  private static final Relation[] RELATIONS = Relation.values();
  private static final Target[] TARGETS = {
    Target.VERSION, Target.CREATE, Target.MOD, Target.VALUE, Target.LEASE
  };
  // the field of the oneof that belongs to the target of the same index
  private static final int FIRST_OPERAND = 4;

  /// A version that no key has.
  private static final long NO_VERSION = -1;

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
    KeyRange range = KeyRangeField.of(key, end);
    boolean knownTarget = target >= 0 && target < TARGETS.length;
    if (relation < 0 || relation >= RELATIONS.length) {
      return knownTarget && TARGETS[target] == Target.VALUE ? anyThere(range) : always(range);
    }
    if (!knownTarget) {
      return RELATIONS[relation] == Relation.EQUAL ? always(range) : never(range);
    }
    boolean known = operand == FIRST_OPERAND + target;
    return new Compare(
        range,
        TARGETS[target],
        RELATIONS[relation],
        known ? number : 0,
        known ? value : Bytes.EMPTY);
  }

  // What etcd makes of numbers that stand for nothing: a relation that it does not know holds,
  // except that nothing is said of the value
  // of a key that is not there; and what it does not know of a key is always equal.

  private static Compare always(KeyRange range) {
    return new Compare(range, Target.VERSION, Relation.NOT_EQUAL, NO_VERSION, Bytes.EMPTY);
  }

  private static Compare never(KeyRange range) {
    return new Compare(range, Target.VERSION, Relation.EQUAL, NO_VERSION, Bytes.EMPTY);
  }

  private static Compare anyThere(KeyRange range) {
    return new Compare(range, Target.VERSION, Relation.GREATER, 0, Bytes.EMPTY);
  }
}
