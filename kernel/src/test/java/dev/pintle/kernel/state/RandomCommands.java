package dev.pintle.kernel.state;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.auth.Requester;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.Compare;
import dev.pintle.kernel.command.Command.Operation;
import dev.pintle.kernel.command.Command.Relation;
import dev.pintle.kernel.command.Command.Target;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeRequest.Content;
import dev.pintle.kernel.keyspace.RangeRequest.RevisionWindow;
import dev.pintle.kernel.keyspace.RangeRequest.Sort;
import dev.pintle.kernel.keyspace.RangeRequest.SortOrder;
import dev.pintle.kernel.keyspace.RangeRequest.SortTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Commands over few keys, few leases and near revisions, so that they meet each other all the time.
final class RandomCommands {
  private static final int LEASES = 3;

  private final SplittableRandom random;
  private final int keys;
  private final int revisions;

  /// @param keys how many different keys there are
  /// @param revisions about how many revisions the history will have
  RandomCommands(SplittableRandom random, int keys, int revisions) {
    this.random = random;
    this.keys = keys;
    this.revisions = revisions;
  }

  Command next() {
    Command plain = plain();
    return rarely() ? new Command.Checked(Requester.ANONYMOUS, plain) : plain;
  }

  private Command plain() {
    return switch (random.nextInt(20)) {
      case 0 -> new Command.Compact(revision());
      case 1, 2 -> new Command.LeaseGrant(lease(), 1 + random.nextInt(100));
      case 3 ->
          random.nextBoolean()
              ? new Command.LeaseRevoke(lease())
              : new Command.LeaseCheckpoint(
                  List.of(new Command.Remaining(lease(), random.nextInt(100))));
      case 4, 5 -> delete();
      case 6, 7, 8, 9 -> txn(2);
      default -> put();
    };
  }

  private long revision() {
    return random.nextLong(revisions + 4L) - 2;
  }

  private long lease() {
    return 1 + random.nextLong(LEASES);
  }

  private Bytes key() {
    return Bytes.utf8("k" + random.nextInt(keys));
  }

  private Bytes value() {
    return Bytes.utf8("v" + random.nextInt(5));
  }

  private boolean rarely() {
    return random.nextInt(6) == 0;
  }

  KeyRange range() {
    return switch (random.nextInt(6)) {
      case 0 -> KeyRange.ALL;
      case 1 -> KeyRange.fromKey(key());
      case 2 -> KeyRange.prefix(key());
      case 3 -> new KeyRange(key(), key());
      default -> KeyRange.point(key());
    };
  }

  private Command.Put put() {
    return new Command.Put(
        key(), value(), rarely() ? lease() : 0, random.nextBoolean(), rarely(), rarely());
  }

  private Command.DeleteRange delete() {
    return new Command.DeleteRange(range(), random.nextBoolean());
  }

  private Command.Txn txn(int depth) {
    List<Compare> guards = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      guards.add(
          new Compare(
              range(), pick(Target.values()), pick(Relation.values()), random.nextInt(6), value()));
    }
    return new Command.Txn(guards, operations(depth), operations(depth));
  }

  private List<Operation> operations(int depth) {
    List<Operation> operations = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      operations.add(
          switch (random.nextInt(depth > 0 ? 7 : 6)) {
            case 0, 1 -> put();
            case 2, 3 -> delete();
            case 4, 5 -> new Command.Range(rarely() ? read() : read().at(0));
            default -> txn(depth - 1);
          });
    }
    return operations;
  }

  RangeRequest read() {
    return new RangeRequest(
        range(),
        random.nextBoolean() ? 0 : revision(),
        random.nextInt(6),
        new Sort(pick(SortOrder.values()), pick(SortTarget.values())),
        pick(Content.values()),
        window(),
        window());
  }

  private RevisionWindow window() {
    return rarely() ? new RevisionWindow(random.nextInt(9), random.nextInt(9)) : RevisionWindow.ANY;
  }

  private <T> T pick(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
