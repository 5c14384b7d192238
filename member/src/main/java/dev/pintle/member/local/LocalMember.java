package dev.pintle.member.local;

import dev.pintle.kernel.codec.Seal;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.command.Outcome.Refused.LeaseNotFound;
import dev.pintle.kernel.command.Outcome.Refused.QuotaExceeded;
import dev.pintle.kernel.keyspace.AnswerSize;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.state.Keyspace;
import dev.pintle.kernel.state.KeyspaceRoot;
import dev.pintle.kernel.state.StoreAlarm;
import dev.pintle.kernel.state.StoreNotes;
import dev.pintle.kernel.state.StoredState;
import dev.pintle.member.LeaseKeeper;
import dev.pintle.member.Member;
import dev.pintle.member.MemberMetrics;
import dev.pintle.member.MemberStatus;
import dev.pintle.member.StoreView;
import dev.pintle.member.WatchHub;
import dev.pintle.member.clock.Clock;
import dev.pintle.member.core.IndexFile;
import dev.pintle.member.core.MemberCore;
import dev.pintle.member.core.MemberCore.Parts;
import dev.pintle.member.disk.Disk;
import dev.pintle.member.disk.RealDisk;
import dev.pintle.member.lease.LeaseClock;
import dev.pintle.member.log.CommitLog;
import dev.pintle.member.log.MemoryLog;
import dev.pintle.member.log.SealedLog;
import dev.pintle.member.log.SegmentLog;
import dev.pintle.member.watch.CursorHub;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A member that decides alone, in this process.
public final class LocalMember implements Member {
  private static final System.Logger LOG = System.getLogger(LocalMember.class.getName());

  private static final long IDLE_NANOS_MAX = 1_000_000_000L;
  private static final long CHECKPOINT_LOOK_NANOS = 250_000_000L;
  private static final long RENEWAL_LOOK_NANOS = 10_000_000L;

  /// A second.
  private static final int LOOKS_PER_MEASURE = 4;

  private final MemberIdentity identity;
  private final @Nullable FolderLock lock;
  private final MemberCore core;
  private final LeaseClock leases;
  private final CursorHub watches;
  private final ExecutorService history;
  private final ExecutorService ahead;
  private final WorkLoop logLoop;
  private final WorkLoop applyLoop;
  private final WorkLoop watchLoop;
  private final WorkLoop clockLoop;
  private final WorkLoop checkpointLoop;

  /// What the last checkpoint failed of; empty when it did not. Of the checkpoint's thread.
  private String checkpointTrouble = "";

  /// Why no commands are taken, as far as the log was told. Of the checkpoint's thread.
  private String writeTrouble = "";

  private volatile long leaseNanos = IDLE_NANOS_MAX;

  private final StoreQuota quota;

  /// Of the checkpoint's thread.
  private int looksSinceMeasured;

  /// Ends of leases that are in the log or on the way there: so many at most, and the next as these are done, so that those who write
  /// wait for no more than these.
  private final AtomicInteger revokesUnderWay = new AtomicInteger();

  private volatile @Nullable Thread clockThread;

  /// Whether a checkpoint is wanted that writes everything anew.
  private volatile boolean renewing;

  /// Set before commands are refused for the reason that it closes: no trouble to tell of.
  private volatile boolean leaving;

  private volatile boolean closing;
  private volatile boolean applyEnded;

  /// Opens the member that lives in `folder`, or makes one.
  ///
  /// @param store opens the storage in a folder within `folder`; the member closes it
  /// @throws FolderInUse when somebody else works there
  /// @throws dev.pintle.member.log.UnreadableFile when what lies there cannot be read
  public static LocalMember open(Path folder, Function<Path, OrderedKv> store, Settings settings)
      throws IOException {
    return open(folder, store, settings, Clock.SYSTEM);
  }

  /// The same, with leases that run out by a time that somebody else tells.
  public static LocalMember open(
      Path folder, Function<Path, OrderedKv> store, Settings settings, Clock time)
      throws IOException {
    return open(folder, StoreSource.of(store), settings, time);
  }

  /// The same, with a store of the backend that the folder remembers.
  ///
  /// @throws WrongBackend when the folder was made with another backend than the wanted one
  public static LocalMember open(Path folder, StoreSource source, Settings settings, Clock time)
      throws IOException {
    FolderLock lock = FolderLock.take(folder);
    ExecutorService ahead = oneThread("pintle-log-spare");
    try {
      SecureRandom random = new SecureRandom();
      Disk disk = RealDisk.open(folder);
      boolean isNew = !MemberIdentity.isIn(disk);
      if (!isNew) {
        // Whether this program may read the folder at all.
        MemberIdentity.readOrCreate(disk, random::nextLong);
      }
      StoreMark mark = markOf(disk, source);
      Optional<Seal> seal = mark.sealed() ? Optional.of(source.seal(folder)) : Optional.empty();
      OrderedKv store = opened(source, mark, folder, isNew);
      Disk logs = RealDisk.open(folder.resolve(mark.log()));
      if (isNew) {
        goOnAfter(store, logs, settings, random::nextLong);
      }
      CommitLog log = SegmentLog.open(logs, settings.log(), random::nextLong, ahead);
      MemberIdentity identity = MemberIdentity.begin(disk, random::nextLong);
      Parts parts =
          new Parts(
              seal.isPresent() ? new SealedLog(log, seal.get()) : log,
              store,
              seal.map(s -> IndexFile.in(disk, s)).orElseGet(() -> IndexFile.in(disk)),
              Clock.SYSTEM);
      LeaseClocks leases = (root, ids) -> new LeaseClock(time, root, ids);
      return new LocalMember(identity, lock, parts, settings, leases, ahead);
    } catch (IOException | RuntimeException e) {
      ahead.close();
      lock.close();
      throw e;
    }
  }

  /// A new folder whose store cannot be opened remembers nothing: who chose wrongly may choose anew.
  private static OrderedKv opened(StoreSource source, StoreMark mark, Path folder, boolean isNew)
      throws IOException {
    try {
      return source.open(mark.backend(), folder.resolve(mark.store()));
    } catch (RuntimeException refused) {
      if (isNew) {
        RealDisk.open(folder).delete(StoreMark.NAME);
      }
      throw refused;
    }
  }

  /// A store that is kept elsewhere may hold what a member wrote whose folder is lost: the log of a new one goes on there.
  private static void goOnAfter(OrderedKv store, Disk logs, Settings settings, LongSupplier random)
      throws IOException {
    long applied = Keyspace.appliedIndex(store.reader());
    if (applied > 0 && logs.names().isEmpty()) {
      SegmentLog.create(logs, settings.log(), random, applied + 1);
    }
  }

  /// In a new folder it is written before anything else: a folder without it is one of an earlier release.
  private static StoreMark markOf(Disk disk, StoreSource source) throws IOException {
    Optional<String> wanted = source.wanted();
    Optional<StoreMark> found = StoreMark.read(disk);
    if (found.isPresent()) {
      String made = found.get().backend();
      if (wanted.isPresent() && !wanted.get().equals(made)) {
        throw new WrongBackend(disk.describe(StoreMark.NAME), made, wanted.get());
      }
      if (found.get().sealed() && !source.seals()) {
        throw WrongBackend.sealed(disk.describe(StoreMark.NAME));
      }
      if (source.seals() && !found.get().sealed()) {
        throw WrongBackend.unsealed(disk.describe(StoreMark.NAME));
      }
      return found.get();
    }
    StoreMark usual = StoreMark.EARLIER;
    StoreMark made =
        new StoreMark(wanted.orElse(usual.backend()), usual.store(), usual.log(), source.seals());
    made.write(disk);
    return made;
  }

  /// A member that keeps nothing beyond the process.
  public static LocalMember inMemory(OrderedKv store, Settings settings) throws IOException {
    return inMemory(store, settings, Clock.SYSTEM);
  }

  /// The same, with leases that run out by a time that somebody else tells.
  public static LocalMember inMemory(OrderedKv store, Settings settings, Clock time)
      throws IOException {
    Parts parts = new Parts(new MemoryLog(), store, IndexFile.NONE, Clock.SYSTEM);
    return passing(parts, settings, (root, ids) -> new LeaseClock(time, root, ids));
  }

  /// Another member, which begins with what this one has published, keeps nothing beyond the process, and goes its own way from then
  /// on: with this one's revisions, and its leases with the time that they have left.
  ///
  /// @param copy answers a store that holds what the given one holds now, without changing it
  /// @param time by which its leases run out
  public LocalMember branch(UnaryOperator<OrderedKv> copy, Settings settings, Clock time)
      throws IOException {
    // Before the copy: what is written in between is in the store, and read from there.
    KeyspaceRoot root = core.root();
    OrderedKv store = copy.apply(core.store());
    CommitLog log = MemoryLog.after(Keyspace.appliedIndex(store.reader()));
    Parts parts = new Parts(log, store, IndexFile.beginningWith(root), Clock.SYSTEM);
    return passing(parts, settings, (begun, ids) -> LeaseClock.branch(leases, time, begun, ids));
  }

  private static LocalMember passing(Parts parts, Settings settings, LeaseClocks leases)
      throws IOException {
    return new LocalMember(
        MemberIdentity.random(new SecureRandom()::nextLong),
        null,
        parts,
        settings,
        leases,
        oneThread("pintle-log-spare"));
  }

  /// The maker of the clock that counts down the leases of a member.
  @FunctionalInterface
  private interface LeaseClocks {
    LeaseClock make(KeyspaceRoot root, LongSupplier ids);
  }

  /// The thread is made with the first task.
  private static ExecutorService oneThread(String name) {
    return Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).daemon(true).factory());
  }

  private LocalMember(
      MemberIdentity identity,
      @Nullable FolderLock lock,
      Parts parts,
      Settings settings,
      LeaseClocks leases,
      ExecutorService ahead)
      throws IOException {
    this.ahead = ahead;
    this.identity = identity;
    this.lock = lock;
    this.core = MemberCore.open(parts, settings.member());
    this.quota =
        new StoreQuota(
            settings.member().quotaBytes(), identity.memberId(), core.storageSize().bytesTotal());
    this.history = oneThread("pintle-history");
    SecureRandom random = new SecureRandom();
    this.leases = leases.make(core.root(), random::nextLong);
    this.watches =
        new CursorHub(
            settings.watch(),
            new CursorHub.HubConnections(
                parts.store().reader(), core::view, parts.clock(), history, core::wake));
    this.leases.noteBy(core::submit);
    core.observe(this.leases);
    core.observe(watches);
    this.logLoop =
        start("pintle-log", core::logStep, () -> core.awaitLogWork(() -> closing, IDLE_NANOS_MAX));
    this.applyLoop = startApply();
    this.watchLoop =
        WorkLoop.start(
            "pintle-watch",
            new WorkLoop.Work(
                watches::step,
                () -> watches.await(() -> applyEnded, idleNanosMax(settings)),
                () -> applyEnded),
            this::failed);
    this.clockLoop = start("pintle-clock", this::lookAtLeases, this::waitForLeases);
    this.checkpointLoop =
        start(
            "pintle-checkpoint",
            this::checkpointIfDue,
            () -> LockSupport.parkNanos(CHECKPOINT_LOOK_NANOS));
  }

  private WorkLoop start(String name, BooleanSupplier work, Runnable idle) {
    return WorkLoop.start(name, new WorkLoop.Work(work, idle, () -> closing), this::failed);
  }

  /// Idle watchers are told the revision on time.
  private static long idleNanosMax(Settings settings) {
    return Math.min(IDLE_NANOS_MAX, settings.watch().progressInterval().toNanos());
  }

  private WorkLoop startApply() {
    return WorkLoop.start(
        "pintle-apply",
        new WorkLoop.Work(
            core::applyStep,
            () -> core.awaitApplyWork(() -> closing, IDLE_NANOS_MAX),
            () -> closing && !logLoop.isAlive() && core.isDrained()),
        this::failed);
  }

  /// A thread of the member met a fault of ours: what it would do next cannot be trusted.
  private void failed(Throwable failure) {
    core.stop("the member failed: " + failure);
  }

  private boolean lookAtLeases() {
    clockThread = Thread.currentThread();
    int free = LeaseClock.REVOKES_PER_STEP - revokesUnderWay.get();
    leaseNanos = leases.step(free, this::revoke);
    leases.noteStep();
    return false;
  }

  private void revoke(long id) {
    revokesUnderWay.incrementAndGet();
    core.submit(new Command.LeaseRevoke(id), this::revoked);
  }

  private void revoked(Outcome outcome) {
    if (outcome instanceof Outcome.LeaseRevoked) {
      core.figures().operations().leasesExpired().add(1);
    }
    if (revokesUnderWay.decrementAndGet() == LeaseClock.REVOKES_PER_STEP / 2) {
      LockSupport.unpark(clockThread);
    }
  }

  /// Ends the leases whose time is over by now, and waits until readers see it: for whoever moves the clock on.
  public void endOverdueLeases() {
    List<Long> over = leases.over(LeaseClock.REVOKES_PER_STEP);
    while (!over.isEmpty() && !closing) {
      List<CompletableFuture<Outcome>> ends = new ArrayList<>();
      for (long id : over) {
        CompletableFuture<Outcome> end = new CompletableFuture<>();
        core.submit(new Command.LeaseRevoke(id), end::complete);
        ends.add(end);
      }
      boolean ended = true;
      for (CompletableFuture<Outcome> end : ends) {
        Outcome outcome = end.join();
        ended &= outcome instanceof Outcome.LeaseRevoked || outcome instanceof LeaseNotFound;
      }
      over = ended ? leases.over(LeaseClock.REVOKES_PER_STEP) : List.of();
    }
  }

  private void waitForLeases() {
    LockSupport.parkNanos(leaseNanos);
  }

  private void tellOfTrouble() {
    String reason = core.stopReason().orElse("");
    String now = leaving ? "" : reason;
    if (now.equals(writeTrouble)) {
      return;
    }
    writeTrouble = now;
    if (now.isEmpty()) {
      LOG.log(Level.INFO, "commands are taken again");
    } else {
      LOG.log(Level.WARNING, "commands are refused, reads are served: {0}", now);
    }
  }

  /// Has all files of the log and of checkpoints written anew, and those before removed, while it goes on; answers whether that came to
  /// its end, which it does not while the store or the log has failed.
  public boolean renewFiles() {
    long before = core.log().lastIndex();
    core.log().beginFile();
    // Revokes nothing: no lease has the number 0. It is the next entry.
    execute(new Command.LeaseRevoke(0));
    renewing = true;
    checkpointLoop.wake();
    while (renewing && !closing) {
      LockSupport.parkNanos(RENEWAL_LOOK_NANOS);
    }
    return core.log().firstIndex() > before;
  }

  /// What the store occupies is asked once a second, and at every look where it may not be all it wants.
  private void measure() {
    looksSinceMeasured++;
    StoreNotes notes = core.root().notes();
    boolean raised = notes.hasAlarm(StoreAlarm.NO_SPACE);
    if (quota.isLimited() ? looksSinceMeasured >= LOOKS_PER_MEASURE : raised) {
      looksSinceMeasured = 0;
      quota
          .measured(core.storageSize().bytesTotal(), notes)
          .ifPresent(end -> core.submit(end, outcome -> {}));
    }
  }

  private boolean checkpointIfDue() {
    tellOfTrouble();
    measure();
    boolean anew = renewing;
    if (!anew && !core.isCheckpointDue()) {
      return false;
    }
    try {
      if (anew) {
        core.checkpointAnew();
      } else {
        core.checkpoint();
      }
      checkpointTrouble = "";
    } catch (IOException | RuntimeException e) {
      String trouble = String.valueOf(e.getMessage());
      if (!trouble.equals(checkpointTrouble)) {
        LOG.log(Level.WARNING, "checkpoint failed, the log stays long: {0}", trouble);
      }
      checkpointTrouble = trouble;
      return false;
    } finally {
      if (anew) {
        renewing = false;
      }
    }
    return true;
  }

  @Override
  public void submit(Command command, Consumer<? super Outcome> done) {
    submit(command, AnswerSize.ANY, done);
  }

  @Override
  public void submit(Command command, LongPredicate room, Consumer<? super Outcome> done) {
    if (quota.admits(command)) {
      core.submit(command, room, done);
    } else {
      refuse(done);
    }
  }

  private void refuse(Consumer<? super Outcome> done) {
    if (!core.root().notes().hasAlarm(StoreAlarm.NO_SPACE)) {
      core.submit(quota.alarm(), outcome -> {});
    }
    done.accept(new QuotaExceeded("the store has the size that it may have"));
  }

  @Override
  public Outcome execute(Command command) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    submit(command, outcome::complete);
    return outcome.join();
  }

  @Override
  public StoreView view() {
    return core.view();
  }

  @Override
  public StoredState stored() {
    return StoredState.begin(core.store());
  }

  @Override
  public WatchHub watches() {
    return watches;
  }

  @Override
  public LeaseKeeper leases() {
    return leases;
  }

  @Override
  public MemberStatus status() {
    OrderedKv.Size size = core.storageSize();
    long quotaBytes = quota.isLimited() ? quota.bytesMax() : MemberStatus.NO_QUOTA;
    return new MemberStatus(
        identity.clusterId(),
        identity.memberId(),
        identity.raftTerm(),
        core.root().appliedIndex(),
        core.commandsWaiting(),
        size.bytesTotal(),
        size.bytesInUse(),
        quotaBytes);
  }

  @Override
  public MemberMetrics figures() {
    return core.figures();
  }

  @Override
  public Optional<String> stopReason() {
    return core.stopReason();
  }

  @Override
  public boolean isOutOfSpace() {
    return core.isOutOfSpace();
  }

  @Override
  public void close() {
    if (closing) {
      return;
    }
    leaving = true;
    core.stop("the member is closing");
    closing = true;
    core.wake();
    logLoop.join();
    core.wake();
    applyLoop.join();
    applyEnded = true;
    watches.wake();
    watchLoop.join();
    clockLoop.wake();
    checkpointLoop.wake();
    clockLoop.join();
    checkpointLoop.join();
    history.close();
    closeParts();
  }

  private void closeParts() {
    try {
      core.checkpoint();
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "closing without a checkpoint: {0}", e.getMessage());
    }
    try {
      core.close();
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "closing: {0}", e.getMessage());
    }
    ahead.close();
  }
}
