package dev.pintle.sim.member;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Command.Compare;
import dev.pintle.kernel.command.Command.Operation;
import dev.pintle.kernel.command.Command.Relation;
import dev.pintle.kernel.command.Command.Target;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.command.Outcome.Refused.NotTaken;
import dev.pintle.kernel.command.Outcome.Refused.TimedOut;
import dev.pintle.kernel.command.Outcome.Refused.TooManyRequests;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.sim.world.Claim;
import dev.pintle.sim.world.World;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/// A client that writes whatever comes to its mind, and holds the member to its answers.
final class WritingClient {
  static final int KEYS = 12;
  private static final int LEASES = 5;

  private final World world;
  private final SimulatedMember member;
  private final SplittableRandom random;
  private final String name;
  private long counter;
  private boolean resting;

  WritingClient(World world, SimulatedMember member, String name) {
    this.world = world;
    this.member = member;
    this.random = world.chance();
    this.name = name;
    act();
  }

  void rest() {
    resting = true;
  }

  private void act() {
    MemberLife life = member.life();
    if (life != null && !resting) {
      for (int i = random.nextInt(4); i >= 0; i--) {
        submit(life, next(life));
      }
    }
    world.after(Duration.ofMillis(1 + random.nextInt(20)), this::act);
  }

  private void submit(MemberLife life, Command command) {
    long decidedBefore = member.reference().lastIndex();
    long submittedNanos = world.now();
    life.core.submit(
        command,
        outcome -> {
          answered(life, command, decidedBefore, outcome);
          if (outcome instanceof Outcome.LeaseGranted granted) {
            member.leaseTimes().renewed(granted.id(), submittedNanos);
          }
        });
  }

  private void answered(MemberLife life, Command command, long decidedBefore, Outcome outcome) {
    world.note(name + ": " + outcome);
    Claim.check(life.alive, "the dead do not answer: %s", outcome);
    boolean untold =
        outcome instanceof NotTaken
            || outcome instanceof TooManyRequests
            || outcome instanceof TimedOut;
    if (!untold) {
      Claim.check(
          member.reference().knows(decidedBefore, command, outcome),
          "an answer is what was decided: %s to %s",
          outcome,
          command);
    }
  }

  private Command next(MemberLife life) {
    return switch (random.nextInt(20)) {
      case 0 -> new Command.Compact(life.core.view().revision() - random.nextInt(40));
      case 1 -> new Command.LeaseGrant(lease(), 1 + random.nextInt(3));
      case 2 -> random.nextInt(4) == 0 ? new Command.LeaseRevoke(lease()) : put();
      case 3 -> new Command.DeleteRange(range(random), random.nextBoolean());
      case 4, 5, 6, 7, 8 -> txn(life);
      default -> put();
    };
  }

  private long lease() {
    return 1 + random.nextLong(LEASES);
  }

  private static Bytes key(SplittableRandom random) {
    return Bytes.utf8("key-%02d".formatted(random.nextInt(KEYS)));
  }

  static KeyRange range(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> KeyRange.ALL;
      case 1 -> KeyRange.prefix(Bytes.utf8("key-0"));
      case 2 -> new KeyRange(key(random), key(random));
      default -> KeyRange.point(key(random));
    };
  }

  /// No two writes bring the same value.
  private Command.Put put() {
    String value = name + "-" + ++counter + "x".repeat(random.nextInt(200));
    long lease = random.nextInt(5) == 0 ? lease() : 0;
    boolean keepLease = lease == 0 && random.nextInt(8) == 0;
    return new Command.Put(
        key(random), Bytes.utf8(value), lease, random.nextBoolean(), false, keepLease);
  }

  private Command txn(MemberLife life) {
    long revision = life.core.view().revision();
    long guessed = random.nextBoolean() ? 0 : revision - random.nextInt(10);
    Compare guard =
        new Compare(
            KeyRange.point(key(random)),
            random.nextBoolean() ? Target.MOD : Target.VERSION,
            random.nextBoolean() ? Relation.EQUAL : Relation.GREATER,
            guessed,
            Bytes.EMPTY);
    long readAt = random.nextInt(4) == 0 ? revision - random.nextInt(20) : 0;
    Operation read = new Command.Range(RangeRequest.of(range(random)).at(Math.max(0, readAt)));
    Operation delete = new Command.DeleteRange(KeyRange.point(key(random)), true);
    return new Command.Txn(List.of(guard), List.of(put(), read), List.of(read, delete, put()));
  }
}
