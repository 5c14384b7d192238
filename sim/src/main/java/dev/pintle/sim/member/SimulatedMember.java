package dev.pintle.sim.member;

import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.state.KeyspaceRoot;
import dev.pintle.kernel.watch.EventLog;
import dev.pintle.member.StoreView.Found;
import dev.pintle.member.core.IndexFile;
import dev.pintle.member.core.MemberConfig;
import dev.pintle.member.core.MemberCore;
import dev.pintle.member.core.MemberCore.Parts;
import dev.pintle.member.disk.Disk;
import dev.pintle.member.disk.SimulatedDisk;
import dev.pintle.member.lease.LeaseClock;
import dev.pintle.member.log.LogConfig;
import dev.pintle.member.log.SegmentLog;
import dev.pintle.member.log.UnreadableFile;
import dev.pintle.member.watch.CursorHub;
import dev.pintle.member.watch.WatchConfig;
import dev.pintle.sim.world.Claim;
import dev.pintle.sim.world.World;
import dev.pintle.storage.memory.CrashableKv;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A member whose threads are events, whose disk is a liar, and who dies now and then. Everything is small, so that limits
/// are met: segments, batches, the memory of events.
final class SimulatedMember {
  private static final LogConfig LOG = new LogConfig(4096, 1024);
  private static final MemberConfig CORE =
      new MemberConfig(200, 1 << 20, 8, 1 << 14, 4096, 4000, Duration.ofMillis(40), 4);
  private static final WatchConfig WATCH =
      new WatchConfig(new EventLog.Limits(24, 1 << 16), Duration.ofMillis(300), 3, 7, 2000);

  private final World world;
  private final SplittableRandom random;
  private final SimulatedDisk disk;

  /// The disk as the member sees it.
  private final Disk shown;

  private final CrashableKv store = new CrashableKv();
  private final ReferenceModel reference = new ReferenceModel();
  private final LeaseTimes leaseTimes = new LeaseTimes();
  private final List<Consumer<MemberLife>> followers = new ArrayList<>();
  private @Nullable MemberLife life;
  private long revisionSeen;

  /// @param shows what the member gets for its disk
  SimulatedMember(World world, UnaryOperator<Disk> shows) {
    this.world = world;
    this.random = world.chance();
    this.disk = new SimulatedDisk(world.chance());
    this.shown = shows.apply(disk);
  }

  ReferenceModel reference() {
    return reference;
  }

  LeaseTimes leaseTimes() {
    return leaseTimes;
  }

  @Nullable MemberLife life() {
    return life;
  }

  /// Has `follower` told of every life that begins.
  void follow(Consumer<MemberLife> follower) {
    followers.add(follower);
  }

  void start() {
    try {
      begin(open());
    } catch (UnreadableFile e) {
      throw Claim.broken("what survives a crash can be read: %s", e);
    } catch (IOException e) {
      world.note("start failed: " + e.getMessage());
      crash(true);
    }
  }

  private MemberCore open() throws IOException {
    SegmentLog log = SegmentLog.open(shown, LOG, random::nextLong, this::elsewhere);
    Parts parts =
        new Parts(new RecordingLog(log, reference), store, IndexFile.in(shown), world.clock());
    return MemberCore.open(parts, CORE);
  }

  private void begin(MemberCore core) {
    checkRecovered(core);
    LeaseClock leases = new LeaseClock(world.clock(), core.root(), random::nextLong);
    CursorHub hub =
        new CursorHub(
            WATCH,
            new CursorHub.HubConnections(
                store.reader(), core::view, world.clock(), this::elsewhere, core::wake));
    core.observe(leases);
    core.observe(hub);
    MemberLife begun = new MemberLife(core, leases, hub, world.now());
    life = begun;
    world.note("start at revision " + core.root().revision());
    every(begun, 3, core::logStep);
    every(begun, 3, core::applyStep);
    every(begun, 2, hub::step);
    every(begun, 20, () -> leases.step(id -> end(begun, id)));
    every(begun, 30, () -> checkpoint(begun));
    followers.forEach(follower -> follower.accept(begun));
  }

  private void every(MemberLife of, int millisMax, Runnable step) {
    long micros = 10 + random.nextLong(1000L * millisMax);
    world.after(
        Duration.ofNanos(1000 * micros),
        () -> {
          if (of.alive) {
            step.run();
            every(of, millisMax, step);
          }
        });
  }

  private void elsewhere(Runnable task) {
    MemberLife current = life;
    world.after(
        Duration.ofMillis(1 + random.nextInt(10)),
        () -> {
          if (current != null && current.alive) {
            task.run();
          }
        });
  }

  private void end(MemberLife of, long id) {
    of.core
        .root()
        .leases()
        .ttlSeconds(id)
        .ifPresent(ttl -> leaseTimes.checkMayEnd(id, ttl, of.startedNanos, world.now()));
    of.core.submit(new Command.LeaseRevoke(id), outcome -> world.note("ended " + id));
  }

  private void checkpoint(MemberLife of) {
    try {
      if (of.core.isCheckpointDue()) {
        of.core.checkpoint();
        world.note("checkpoint");
      }
    } catch (IOException | StorageFailure e) {
      world.note("checkpoint failed: " + e.getMessage());
    }
  }

  /// The disk of the log fails soon, and works again after a while; the member has to live through it.
  void failDisk() {
    disk.failAfter(random.nextInt(20));
    healLater(disk::heal, "disk works");
  }

  /// The disk of the log is full soon, and has room again after a while.
  void fillDisk() {
    disk.leaveRoom(random.nextInt(3000));
    healLater(disk::heal, "disk has room");
  }

  /// The store takes nothing for a while, and may have lost by then what it had not flushed.
  void failStore() {
    StorageFailure.Kind kind =
        random.nextBoolean() ? StorageFailure.Kind.DISK_FULL : StorageFailure.Kind.IO;
    store.fail(kind, random.nextBoolean());
    healLater(store::heal, "store works");
  }

  /// Reading the store fails while a batch is applied, perhaps in the middle of a command.
  void failReads() {
    MemberLife current = life;
    if (current != null) {
      store.failReads(StorageFailure.Kind.IO);
      current.core.applyStep();
      store.heal();
      world.note("reads failed");
    }
  }

  private void healLater(Runnable heal, String what) {
    world.note("trouble");
    world.after(
        Duration.ofMillis(1 + random.nextInt(400)),
        () -> {
          heal.run();
          world.note(what);
        });
  }

  /// In the end everything works again, without a start.
  void checkHealed() {
    MemberLife current = life;
    Claim.check(current != null, "the member lives");
    if (current != null) {
      Optional<String> reason = current.core.stopReason();
      Claim.check(reason.isEmpty(), "commands are taken again: %s", reason);
    }
  }

  /// Ends the life, and plans the next.
  ///
  /// @param power whether the machine goes down too, and the disk forgets what was not forced
  void crash(boolean power) {
    MemberLife ending = life;
    if (ending != null) {
      ending.alive = false;
    }
    life = null;
    store.crash(random.nextInt(store.unflushedBatches() + 1));
    if (power) {
      disk.crash();
    }
    disk.heal();
    world.note(power ? "power lost" : "killed");
    world.after(Duration.ofMillis(1 + random.nextInt(100)), this::start);
  }

  /// A member that came back knows exactly what was decided.
  private void checkRecovered(MemberCore core) {
    KeyspaceRoot found = core.root();
    KeyspaceRoot truth = reference.root();
    Claim.check(
        found.appliedIndex() == reference.lastIndex()
            && found.revision() == truth.revision()
            && found.compactedRevision() == truth.compactedRevision(),
        "recovery knows what was decided: index %d, revision %d, compacted %d (expected: %d, %d, %d)",
        found.appliedIndex(),
        found.revision(),
        found.compactedRevision(),
        reference.lastIndex(),
        truth.revision(),
        truth.compactedRevision());
    checkLeases(found, truth);
    var all = core.view().range(RangeRequest.of(KeyRange.ALL));
    Claim.check(
        all instanceof Found(var result)
            && result.entries().equals(reference.entries(KeyRange.ALL, truth.revision())),
        "recovery finds every key: %s",
        all);
  }

  private static void checkLeases(KeyspaceRoot found, KeyspaceRoot truth) {
    List<Long> ids = truth.leases().ids();
    Claim.check(found.leases().ids().equals(ids), "recovery finds every lease");
    for (long id : ids) {
      Claim.check(
          found.leases().ttlSeconds(id).equals(truth.leases().ttlSeconds(id))
              && found.leases().keys(id).equals(truth.leases().keys(id)),
          "recovery finds lease %d as it was",
          id);
    }
  }

  /// What must hold after whatever happened.
  void checkAlways() {
    MemberLife current = life;
    if (current == null) {
      return;
    }
    KeyspaceRoot root = current.core.root();
    Claim.check(
        root.appliedIndex() <= reference.lastIndex(),
        "nothing is visible before it is decided: applied %d, decided %d",
        root.appliedIndex(),
        reference.lastIndex());
    Claim.check(
        root.revision() >= revisionSeen,
        "revisions never go back: %d after %d",
        root.revision(),
        revisionSeen);
    revisionSeen = root.revision();
    Claim.check(
        !current.core.isStopped(),
        "no failure of a disk stops the member: %s",
        current.core.stopReason());
  }
}
