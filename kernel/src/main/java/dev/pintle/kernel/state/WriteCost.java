package dev.pintle.kernel.state;

import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.DeleteRange;
import dev.pintle.kernel.command.Command.Operation;
import dev.pintle.kernel.command.Command.Put;
import dev.pintle.kernel.command.Command.Range;
import dev.pintle.kernel.command.Command.Txn;
import java.util.List;

/// The bytes by which a command makes the store larger, as etcd reckons them: of a transaction those of its larger branch. What deletes
/// or compacts costs nothing.
public final class WriteCost {
  private static final long PUT_BYTES = 256;
  private static final long LEASE_BYTES = 64;

  private WriteCost() {}

  public static long of(Command command) {
    return switch (command) {
      case Put put -> cost(put);
      case Txn txn -> cost(txn);
      case Command.LeaseGrant _ -> LEASE_BYTES;
      case Command.Checked(_, var checked) -> of(checked);
      case DeleteRange _,
          Command.Compact _,
          Command.LeaseRevoke _,
          Command.LeaseCheckpoint _,
          Command.SetAlarm _,
          Command.ChangeAuth _,
          Command.Downgrade _ ->
          0;
    };
  }

  private static long cost(Put put) {
    return PUT_BYTES + put.key().size() + put.value().size();
  }

  private static long cost(Txn txn) {
    return Math.max(cost(txn.then()), cost(txn.otherwise()));
  }

  private static long cost(List<Operation> operations) {
    long sum = 0;
    for (Operation operation : operations) {
      sum +=
          switch (operation) {
            case Put put -> cost(put);
            case Txn nested -> cost(nested);
            case Range _, DeleteRange _ -> 0;
          };
    }
    return sum;
  }
}
