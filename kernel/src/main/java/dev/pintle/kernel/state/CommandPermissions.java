package dev.pintle.kernel.state;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.auth.AuthRefusal;
import dev.pintle.kernel.auth.KeyAccess;
import dev.pintle.kernel.auth.Requester;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.Compare;
import dev.pintle.kernel.command.Command.DeleteRange;
import dev.pintle.kernel.command.Command.Operation;
import dev.pintle.kernel.command.Command.Put;
import dev.pintle.kernel.command.Command.Range;
import dev.pintle.kernel.command.Command.Txn;
import dev.pintle.kernel.lease.LeaseImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The permissions that a command needs, against users and leases of one moment: asked by surfaces before they submit a command, and again when it
/// is applied.
public final class CommandPermissions {
  private final AuthImage auth;
  private final LeaseImage leases;
  private final Requester by;

  private CommandPermissions(AuthImage auth, LeaseImage leases, Requester by) {
    this.auth = auth;
    this.leases = leases;
    this.by = by;
  }

  /// Why `by` may not do what `command` says, or null. A transaction needs what its guards and both its branches need, whichever is taken.
  /// Compactions and grants of leases are not judged here: they need no permission for keys.
  public static @Nullable AuthRefusal refusal(
      AuthImage auth, LeaseImage leases, Requester by, Command command) {
    return auth.isEnabled() ? new CommandPermissions(auth, leases, by).refusal(command) : null;
  }

  /// Why `by` may not have `access` to all keys that hang on the lease `id`, or null.
  public static @Nullable AuthRefusal refusalOfLease(
      AuthImage auth, LeaseImage leases, Requester by, KeyAccess access, long id) {
    return auth.isEnabled() ? new CommandPermissions(auth, leases, by).lease(access, id) : null;
  }

  private @Nullable AuthRefusal refusal(Command command) {
    return switch (command) {
      case Put put -> put(put);
      case DeleteRange delete -> delete(delete);
      case Txn txn -> txn(txn);
      case Command.LeaseRevoke(long id) -> lease(KeyAccess.WRITE, id);
      case Command.ChangeAuth _ -> auth.adminRefusal(by);
      case Command.Compact _, Command.LeaseGrant _ -> null;
      case Command.Checked(Requester other, Command inner) ->
          new CommandPermissions(auth, leases, other).refusal(inner);
    };
  }

  private @Nullable AuthRefusal put(Put put) {
    AuthRefusal refusal = auth.refusal(by, KeyAccess.WRITE, put.key());
    // Who may not write what hangs on a lease may not end it, and so may not hang more on it.
    if (refusal == null && put.leaseId() != 0) {
      refusal = lease(KeyAccess.WRITE, put.leaseId());
    }
    return refusal == null && put.previous()
        ? auth.refusal(by, KeyAccess.READ, put.key())
        : refusal;
  }

  private @Nullable AuthRefusal delete(DeleteRange delete) {
    AuthRefusal refusal = auth.refusal(by, KeyAccess.WRITE, delete.range());
    return refusal == null && delete.previous()
        ? auth.refusal(by, KeyAccess.READ, delete.range())
        : refusal;
  }

  private @Nullable AuthRefusal txn(Txn txn) {
    for (Compare guard : txn.guards()) {
      AuthRefusal refusal = auth.refusal(by, KeyAccess.READ, guard.range());
      if (refusal != null) {
        return refusal;
      }
    }
    AuthRefusal refusal = operations(txn.then());
    return refusal == null ? operations(txn.otherwise()) : refusal;
  }

  private @Nullable AuthRefusal operations(List<Operation> operations) {
    for (Operation operation : operations) {
      AuthRefusal refusal =
          switch (operation) {
            case Range range -> auth.refusal(by, KeyAccess.READ, range.request().range());
            case Put put -> put(put);
            case DeleteRange delete -> delete(delete);
            case Txn nested -> txn(nested);
          };
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private @Nullable AuthRefusal lease(KeyAccess access, long id) {
    if (auth.adminRefusal(by) == null) {
      return null;
    }
    for (Bytes key : leases.keys(id)) {
      AuthRefusal refusal = auth.refusal(by, access, key);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }
}
