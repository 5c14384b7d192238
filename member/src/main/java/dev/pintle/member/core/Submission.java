package dev.pintle.member.core;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.AuthChange;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.DeleteRange;
import dev.pintle.kernel.command.Command.Operation;
import dev.pintle.kernel.command.Command.Put;
import dev.pintle.kernel.command.Command.Range;
import dev.pintle.kernel.command.Command.Txn;
import dev.pintle.kernel.command.Outcome;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// A command with whoever waits for its outcome; a link of the queue it waits in.
final class Submission {
  /// What a command weighs beside its keys and values.
  private static final long COMMAND_BYTES = 64;

  /// What is noted of one lease.
  private static final long REMAINING_BYTES = 40;

  private static final long SMALL_BYTES_MAX = 64 << 10;

  final Command command;
  final LongPredicate room;
  final Consumer<? super Outcome> done;
  final long bytes;

  /// The one submitted before this one, while in the queue.
  @Nullable Submission older;

  /// Set by the applying thread, then read by it when the batch is published.
  @Nullable Outcome outcome;

  /// Set once `done` was called, with the outcome or without waiting for it any longer.
  boolean answered;

  Submission(Command command, LongPredicate room, Consumer<? super Outcome> done) {
    this.command = command;
    this.room = room;
    this.done = done;
    this.bytes = bytesOf(command);
  }

  /// Whether it is one that others are not to wait for.
  boolean isLarge() {
    return bytes > SMALL_BYTES_MAX;
  }

  private static long bytesOf(Command command) {
    return switch (command) {
      case Put put -> bytesOf((Operation) put);
      case DeleteRange delete -> bytesOf((Operation) delete);
      case Txn txn -> bytesOf((Operation) txn);
      case Command.Compact _,
          Command.LeaseGrant _,
          Command.LeaseRevoke _,
          Command.SetAlarm _,
          Command.Downgrade _ ->
          COMMAND_BYTES;
      case Command.LeaseCheckpoint checkpoint ->
          COMMAND_BYTES + REMAINING_BYTES * checkpoint.leases().size();
      case Command.ChangeAuth(var change) -> bytesOf(change);
      case Command.Checked(var by, var checked) -> by.user().size() + bytesOf(checked);
    };
  }

  /// The one that is large is large by its keys.
  private static long bytesOf(AuthChange change) {
    return switch (change) {
      case AuthChange.RoleGrantPermission(_, var permission) ->
          COMMAND_BYTES + permission.key().size() + permission.end().size();
      case AuthChange.RoleRevokePermission(_, var key, var end) ->
          COMMAND_BYTES + key.size() + end.size();
      case AuthChange.Enable _,
          AuthChange.Disable _,
          AuthChange.UserAdd _,
          AuthChange.UserDelete _,
          AuthChange.UserChangePassword _,
          AuthChange.UserGrantRole _,
          AuthChange.UserRevokeRole _,
          AuthChange.RoleAdd _,
          AuthChange.RoleDelete _ ->
          COMMAND_BYTES;
    };
  }

  private static long bytesOf(Operation operation) {
    return switch (operation) {
      case Put put -> COMMAND_BYTES + put.key().size() + put.value().size();
      case DeleteRange delete -> COMMAND_BYTES + delete.range().from().size();
      case Range range -> COMMAND_BYTES + range.request().range().from().size();
      case Txn txn -> bytesOf(txn);
    };
  }

  private static long bytesOf(Txn txn) {
    long sum = COMMAND_BYTES + bytesOf(txn.then()) + bytesOf(txn.otherwise());
    for (Command.Compare guard : txn.guards()) {
      Bytes key = guard.range().from();
      sum += COMMAND_BYTES + key.size() + guard.value().size();
    }
    return sum;
  }

  private static long bytesOf(List<Operation> operations) {
    long sum = 0;
    for (Operation operation : operations) {
      sum += bytesOf(operation);
    }
    return sum;
  }
}
