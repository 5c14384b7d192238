package dev.pintle.etcd.concurrency;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.Compare;
import dev.pintle.kernel.command.Command.Operation;
import dev.pintle.kernel.command.Command.Put;
import dev.pintle.kernel.command.Command.Relation;
import dev.pintle.kernel.command.Command.Target;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.RangeRequest;
import java.util.List;

/// The commands by which somebody stands for a lock or an election.
final class ConcurrencyCommands {
  private ConcurrencyCommands() {}

  /// All keys of those who stand under `name`.
  static KeyRange candidates(Bytes name) {
    return KeyRange.prefix(join(name, Bytes.utf8("/")));
  }

  /// The key of whoever stands under `name` with `lease`.
  static Bytes key(Bytes name, long lease) {
    String hex = lease < 0 ? "-" + Long.toUnsignedString(-lease, 16) : Long.toHexString(lease);
    return join(name, Bytes.utf8("/" + hex));
  }

  private static Bytes join(Bytes first, Bytes second) {
    byte[] both = new byte[first.size() + second.size()];
    System.arraycopy(first.array(), 0, both, 0, first.size());
    System.arraycopy(second.array(), 0, both, first.size(), second.size());
    return Bytes.wrap(both);
  }

  /// Puts the key, unless it is there: then it is read.
  static Command.Txn stand(Bytes key, Bytes value, long lease) {
    return new Command.Txn(
        List.of(createdAt(key, 0)),
        List.of(put(key, value, lease)),
        List.of(new Command.Range(RangeRequest.of(KeyRange.point(key)))));
  }

  /// Puts another value under the key that was created at `revision`.
  static Command.Txn proclaim(Bytes key, long revision, Bytes value, long lease) {
    return onlyIf(key, revision, put(key, value, lease));
  }

  /// Deletes the key that was created at `revision`.
  static Command.Txn resign(Bytes key, long revision) {
    return onlyIf(key, revision, delete(key));
  }

  static Command.DeleteRange delete(Bytes key) {
    return new Command.DeleteRange(KeyRange.point(key), false);
  }

  private static Command.Txn onlyIf(Bytes key, long revision, Operation operation) {
    return new Command.Txn(List.of(createdAt(key, revision)), List.of(operation), List.of());
  }

  private static Put put(Bytes key, Bytes value, long lease) {
    return new Put(key, value, lease, false, false, false);
  }

  private static Compare createdAt(Bytes key, long revision) {
    return new Compare(KeyRange.point(key), Target.CREATE, Relation.EQUAL, revision, Bytes.EMPTY);
  }
}
