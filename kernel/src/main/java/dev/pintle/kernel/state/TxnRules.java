package dev.pintle.kernel.state;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command.Compare;
import dev.pintle.kernel.command.Command.DeleteRange;
import dev.pintle.kernel.command.Command.Operation;
import dev.pintle.kernel.command.Command.Put;
import dev.pintle.kernel.command.Command.Range;
import dev.pintle.kernel.command.Command.Txn;
import dev.pintle.kernel.keyspace.KeyRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The shapes that a transaction may not have, whatever the store holds; a surface asks before it submits one.
public final class TxnRules {
  /// What etcd allows by default.
  public static final int OPERATIONS_MAX_DEFAULT = 128;

  private TxnRules() {}

  /// The faults of a transaction, in the order in which they are looked for.
  public enum Violation {
    /// more guards, or more operations in a branch, than allowed; a nested transaction may have only what its parents leave
    TOO_MANY_OPERATIONS,
    EMPTY_KEY,
    /// a put that keeps the value and brings one
    VALUE_PROVIDED,
    /// a put that keeps the lease and brings one
    LEASE_PROVIDED,
    /// one branch would put a key twice, or put and delete it
    DUPLICATE_KEY
  }

  /// The first rule that `txn` breaks.
  public static Optional<Violation> violation(Txn txn, int operationsMax) {
    Optional<Violation> shape = shape(txn, operationsMax);
    if (shape.isPresent()) {
      return shape;
    }
    boolean distinct = footprint(txn.then()).isPresent() && footprint(txn.otherwise()).isPresent();
    return distinct ? Optional.empty() : Optional.of(Violation.DUPLICATE_KEY);
  }

  /// Whether nothing in `txn` can write, so that it need not go through the log.
  public static boolean isReadOnly(Txn txn) {
    return areReadOnly(txn.then()) && areReadOnly(txn.otherwise());
  }

  private static boolean areReadOnly(List<Operation> operations) {
    return operations.stream()
        .allMatch(operation ->
            switch (operation) {
              case Range _ -> true;
              case Put _, DeleteRange _ -> false;
              case Txn nested -> isReadOnly(nested);
            });
  }

  private static Optional<Violation> shape(Txn txn, int operationsMax) {
    int widest = Math.max(txn.guards().size(), Math.max(txn.then().size(), txn.otherwise().size()));
    if (widest > operationsMax) {
      return Optional.of(Violation.TOO_MANY_OPERATIONS);
    }
    for (Compare guard : txn.guards()) {
      if (guard.range().from().isEmpty()) {
        return Optional.of(Violation.EMPTY_KEY);
      }
    }
    Optional<Violation> then = shapes(txn.then(), operationsMax - widest);
    return then.isPresent() ? then : shapes(txn.otherwise(), operationsMax - widest);
  }

  private static Optional<Violation> shapes(List<Operation> operations, int operationsLeft) {
    for (Operation operation : operations) {
      Optional<Violation> violation =
          switch (operation) {
            case Put put -> shape(put);
            case Range range -> shape(range.request().range());
            case DeleteRange delete -> shape(delete.range());
            case Txn nested -> shape(nested, operationsLeft);
          };
      if (violation.isPresent()) {
        return violation;
      }
    }
    return Optional.empty();
  }

  private static Optional<Violation> shape(KeyRange range) {
    return range.from().isEmpty() ? Optional.of(Violation.EMPTY_KEY) : Optional.empty();
  }

  private static Optional<Violation> shape(Put put) {
    if (put.key().isEmpty()) {
      return Optional.of(Violation.EMPTY_KEY);
    }
    if (put.keepValue() && !put.value().isEmpty()) {
      return Optional.of(Violation.VALUE_PROVIDED);
    }
    return put.keepLease() && put.leaseId() != 0
        ? Optional.of(Violation.LEASE_PROVIDED)
        : Optional.empty();
  }

  /// The keys that the operations of one branch, nested ones included, may touch.
  private record Footprint(Set<Bytes> puts, List<KeyRange> deletes) {
    boolean deletes(Bytes key) {
      return deletes.stream().anyMatch(range -> range.contains(key));
    }
  }

  /// Empty when the operations touch a key twice in a forbidden way.
  private static Optional<Footprint> footprint(List<Operation> operations) {
    Footprint all = new Footprint(new HashSet<>(), new ArrayList<>());
    for (Operation operation : operations) {
      // A delete without upper end takes part in no overlap in etcd, whose check does not know that
      // spelling.
      if (operation instanceof DeleteRange(KeyRange range, _) && range.to() != null) {
        all.deletes.add(range);
      }
    }
    for (Operation operation : operations) {
      if (operation instanceof Txn nested && !addNested(all, nested)) {
        return Optional.empty();
      }
    }
    for (Operation operation : operations) {
      if (operation instanceof Put put && (all.deletes(put.key()) || !all.puts.add(put.key()))) {
        return Optional.empty();
      }
    }
    return Optional.of(all);
  }

  /// The two branches of a nested transaction exclude each other, so they may put the same keys.
  private static boolean addNested(Footprint all, Txn nested) {
    Optional<Footprint> then = footprint(nested.then());
    Optional<Footprint> otherwise = footprint(nested.otherwise());
    if (then.isEmpty() || otherwise.isEmpty()) {
      return false;
    }
    Set<Bytes> puts = new HashSet<>(then.get().puts);
    puts.addAll(otherwise.get().puts);
    for (Bytes key : puts) {
      if (all.deletes(key) || !all.puts.add(key)) {
        return false;
      }
    }
    all.deletes.addAll(then.get().deletes);
    all.deletes.addAll(otherwise.get().deletes);
    return true;
  }
}
