package dev.pintle.etcd.kv;

import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.etcd.status.StatusException;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.Operation;
import dev.pintle.kernel.keyspace.KeyRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What etcd forbids in a transaction before it runs it: too many operations, counted over the levels of nesting, and two
/// writes of one key that could both happen.
final class TxnRules {
  private TxnRules() {}

  static void check(Command.Txn txn, int operationsMax) {
    checkCount(txn, operationsMax);
    checkBranch(txn.then());
    checkBranch(txn.otherwise());
  }

  /// A level may use what its longest list and those of the levels above leave.
  private static void checkCount(Command.Txn txn, int left) {
    int used = Math.max(txn.guards().size(), Math.max(txn.then().size(), txn.otherwise().size()));
    if (used > left) {
      throw new StatusException(EtcdStatus.TOO_MANY_OPERATIONS);
    }
    checkCountOfNested(txn.then(), left - used);
    checkCountOfNested(txn.otherwise(), left - used);
  }

  private static void checkCountOfNested(List<Operation> operations, int left) {
    for (Operation operation : operations) {
      if (operation instanceof Command.Txn nested) {
        checkCount(nested, left);
      }
    }
  }

  private static void checkBranch(List<Operation> operations) {
    if (operations.size() > 1
        || (operations.size() == 1 && operations.getFirst() instanceof Command.Txn)) {
      writesOf(operations);
    }
  }

  /// What a branch may write; nested branches first, since a put of this level must not meet anything below it.
  private static Writes writesOf(List<Operation> operations) {
    Writes writes = new Writes();
    for (Operation operation : operations) {
      if (operation instanceof Command.DeleteRange delete) {
        writes.deletes.add(delete.range());
      }
    }
    for (Operation operation : operations) {
      if (operation instanceof Command.Txn nested) {
        writes.addNested(writesOf(nested.then()), writesOf(nested.otherwise()));
      }
    }
    for (Operation operation : operations) {
      if (operation instanceof Command.Put put) {
        writes.addPut(put.key());
      }
    }
    return writes;
  }

  private static final class Writes {
    private final Set<Bytes> puts = new HashSet<>();
    private final List<KeyRange> deletes = new ArrayList<>();

    void addPut(Bytes key) {
      if (isDeleted(key) || !puts.add(key)) {
        throw new StatusException(EtcdStatus.DUPLICATE_KEY);
      }
    }

    /// Only one of the two branches happens, so they may write the same keys.
    void addNested(Writes then, Writes otherwise) {
      then.puts.forEach(this::addPut);
      for (Bytes key : otherwise.puts) {
        if (isDeleted(key) || (!puts.add(key) && !then.puts.contains(key))) {
          throw new StatusException(EtcdStatus.DUPLICATE_KEY);
        }
      }
      deletes.addAll(then.deletes);
      deletes.addAll(otherwise.deletes);
    }

    private boolean isDeleted(Bytes key) {
      for (KeyRange range : deletes) {
        if (range.contains(key)) {
          return true;
        }
      }
      return false;
    }
  }
}
