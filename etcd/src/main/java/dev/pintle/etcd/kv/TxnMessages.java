package dev.pintle.etcd.kv;

import dev.pintle.etcd.message.FieldReader;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.etcd.status.StatusException;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.Compare;
import dev.pintle.kernel.command.Command.Operation;
import java.util.ArrayList;
import java.util.List;

/// The reader of `TxnRequest`. A list is refused while it is read as soon as it is longer than `operationsMax`, and so is
/// nesting, since every level takes at least one operation from the levels above it.
final class TxnMessages {
  private final int operationsMax;

  TxnMessages(int operationsMax) {
    this.operationsMax = operationsMax;
  }

  Command.Txn decode(FieldReader in) {
    Command.Txn txn = decode(in, 0);
    TxnRefusals.check(txn, operationsMax);
    return txn;
  }

  private Command.Txn decode(FieldReader in, int depth) {
    List<Compare> guards = new ArrayList<>(2);
    List<Operation> then = new ArrayList<>(2);
    List<Operation> otherwise = new ArrayList<>(2);
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> add(guards, CompareFields.decode(in.message()));
        case 2 -> add(then, operation(in.message(), depth));
        case 3 -> add(otherwise, operation(in.message(), depth));
        default -> in.skip();
      }
    }
    return new Command.Txn(guards, then, otherwise);
  }

  private <T> void add(List<T> list, T element) {
    if (list.size() == operationsMax) {
      throw new StatusException(EtcdStatus.TOO_MANY_OPERATIONS);
    }
    list.add(element);
  }

  private Operation operation(FieldReader in, int depth) {
    Operation operation = null;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> operation = new Command.Range(RangeFields.decode(in.message()));
        case 2 -> operation = PutMessages.decode(in.message());
        case 3 -> operation = DeleteMessages.decode(in.message());
        case 4 -> operation = nested(in.message(), depth + 1);
        default -> in.skip();
      }
    }
    if (operation == null) {
      throw new StatusException(EtcdStatus.KEY_NOT_FOUND);
    }
    return operation;
  }

  private Command.Txn nested(FieldReader in, int depth) {
    if (depth > operationsMax) {
      throw new StatusException(EtcdStatus.TOO_MANY_OPERATIONS);
    }
    return decode(in, depth);
  }
}
