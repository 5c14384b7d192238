package dev.pintle.member.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.keyspace.RangeRequest.Content;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.member.StoreView.Found;
import dev.pintle.member.StoreView.NotReadable;
import dev.pintle.member.clock.ManualClock;
import dev.pintle.member.core.MemberCore.Parts;
import dev.pintle.member.disk.SimulatedDisk;
import dev.pintle.member.log.LogConfig;
import dev.pintle.member.log.SegmentLog;
import dev.pintle.storage.memory.CrashableKv;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The member step by step.
class MemberCoreTest {
  private static final int WAITING_MAX = 10;
  private static final int WAITING_BYTES_MAX = 4000;

  private static final MemberConfig CONFIG =
      new MemberConfig(
          WAITING_MAX, WAITING_BYTES_MAX, 4, 1000, 1 << 16, 1 << 20, Duration.ofSeconds(10), 3);

  private final SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
  private final CrashableKv store = new CrashableKv();
  private final ManualClock clock = new ManualClock();
  private final List<Outcome> outcomes = new ArrayList<>();
  private MemberCore core;

  @BeforeEach
  void open() throws IOException {
    open(CONFIG);
  }

  private void open(MemberConfig config) throws IOException {
    SegmentLog log = SegmentLog.open(disk, new LogConfig(1 << 20, 1024), () -> 7, nothing -> {});
    core = MemberCore.open(new Parts(log, store, IndexFile.in(disk), clock), config);
  }

  private void submit(String key, int valueSize) {
    core.submit(Command.Put.of(Bytes.utf8(key), Bytes.wrap(new byte[valueSize])), outcomes::add);
  }

  private void settle() {
    boolean any = true;
    while (any) {
      any = core.logStep();
      any |= core.applyStep();
    }
  }

  private long keys() {
    RangeRequest request = RangeRequest.of(KeyRange.ALL).withContent(Content.COUNT_ONLY);
    return ((Found) core.view().range(request)).result().count();
  }

  @Test
  void nothingIsVisibleOrAnsweredBeforeItIsDurableAndApplied() {
    submit("a", 1);
    assertThat(core.view().revision()).isEqualTo(1);
    core.logStep();
    assertThat(core.view().revision()).isEqualTo(1);
    assertThat(outcomes).isEmpty();
    core.applyStep();
    assertThat(core.view().revision()).isEqualTo(2);
    assertThat(outcomes).hasSize(1);
  }

  @Test
  void commandsThatWaitTogetherShareABatch() {
    submit("a", 1);
    submit("b", 1);
    submit("c", 1);
    core.logStep();
    core.applyStep();
    assertThat(outcomes).hasSize(3);
  }

  @Test
  void aBatchEndsAtItsLimits() {
    for (int i = 0; i < 6; i++) {
      submit("a", 1);
    }
    core.logStep();
    core.applyStep();
    assertThat(outcomes).hasSize(4);
    settle();
    assertThat(outcomes).hasSize(6);
  }

  @Test
  void aCommandLargerThanABatchIsABatchOfItsOwn() {
    submit("a", 2000);
    submit("b", 1);
    core.logStep();
    core.applyStep();
    assertThat(outcomes).hasSize(1);
  }

  @Test
  void aSmallCommandDoesNotWaitForAllThatIsLarge() throws IOException {
    open(new MemberConfig(100, 64 << 20, 50, 4 << 20, 1 << 16, 1 << 20, Duration.ofSeconds(10), 3));
    for (int i = 0; i < 8; i++) {
      submit("large", 900 << 10);
    }
    List<Integer> largeBefore = new ArrayList<>();
    core.submit(
        Command.Put.of(Bytes.utf8("small"), Bytes.EMPTY), _ -> largeBefore.add(outcomes.size()));
    core.logStep();
    core.applyStep();
    assertThat(largeBefore).as("of 8 large ones").containsExactly(1);
    settle();
    assertThat(outcomes).hasSize(8).hasOnlyElementsOfType(Outcome.Written.class);
  }

  @Test
  void aSmallCommandThatComesBehindALargeOneWaitsForNoOther() throws IOException {
    open(new MemberConfig(100, 64 << 20, 50, 4 << 20, 1 << 16, 1 << 20, Duration.ofSeconds(10), 3));
    for (int i = 0; i < 8; i++) {
      submit("large", 900 << 10);
    }
    core.logStep();
    AtomicBoolean answered = new AtomicBoolean();
    core.submit(Command.Put.of(Bytes.utf8("small"), Bytes.EMPTY), _ -> answered.set(true));
    core.applyStep();
    core.logStep();
    core.applyStep();
    assertThat(answered).isTrue();
    assertThat(outcomes).as("large ones").hasSize(1);

    submit("small", 1);
    core.logStep();
    core.applyStep();
    assertThat(outcomes).as("a small one and the next large one").hasSize(3);
  }

  @Test
  void aLargeCommandIsNotOvertakenForEver() throws IOException {
    open(new MemberConfig(100, 64 << 20, 2, 4 << 20, 1 << 16, 1 << 20, Duration.ofSeconds(10), 3));
    List<Integer> smallBefore = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      submit("small", 1);
    }
    core.submit(
        Command.Put.of(Bytes.utf8("large"), Bytes.wrap(new byte[900 << 10])),
        _ -> smallBefore.add(outcomes.size()));
    core.logStep();
    core.applyStep();
    assertThat(smallBefore).hasSize(1);
    settle();
    assertThat(outcomes).hasSize(8);
  }

  @Test
  void largeCommandsLeaveRoomToSmallOnes() throws IOException {
    int largeBytes = 100 << 10;
    int most = 10 * largeBytes;
    open(new MemberConfig(100, most, 50, most, 1 << 16, 1 << 20, Duration.ofSeconds(10), 3));
    for (int i = 0; i < 20; i++) {
      submit("large", largeBytes - "large".length() - 64);
    }
    assertThat(outcomes).hasOnlyElementsOfType(Refused.TooManyRequests.class).hasSize(12);
    List<Outcome> small = new ArrayList<>();
    core.submit(Command.Put.of(Bytes.utf8("small"), Bytes.wrap(new byte[1000])), small::add);
    settle();
    assertThat(small).hasOnlyElementsOfType(Outcome.Written.class).hasSize(1);
  }

  @Test
  void commandsBeyondTheLimitAreRefusedAndThoseWithinAreNot() {
    for (int i = 0; i < WAITING_MAX; i++) {
      submit("a", 1);
    }
    assertThat(outcomes).isEmpty();
    submit("b", 1);
    assertThat(outcomes).containsExactly(new Refused.TooManyRequests(WAITING_MAX, WAITING_MAX));
    settle();
    submit("c", 1);
    settle();
    assertThat(outcomes.getLast()).isInstanceOf(Outcome.Written.class);
  }

  @Test
  void bytesBeyondTheLimitAreRefused() {
    submit("a", 3000);
    submit("b", 3000);
    assertThat(outcomes).hasOnlyElementsOfType(Refused.TooManyRequests.class).hasSize(1);
  }

  @Test
  void aCommandLargerThanTheLimitPassesAlone() {
    submit("a", 2 * WAITING_BYTES_MAX);
    settle();
    assertThat(outcomes).hasOnlyElementsOfType(Outcome.Written.class);
  }

  @Test
  void aFullLogRefusesUntilThereIsRoomAndReadingGoesOn() throws IOException {
    submit("a", 1);
    settle();
    disk.leaveRoom(200);
    submit("b", 1500);
    submit("c", 1);
    settle();
    assertThat(outcomes.subList(1, 3)).hasOnlyElementsOfType(Refused.OutOfSpace.class);
    assertThat(core.isOutOfSpace()).isTrue();
    assertThat(core.stopReason().orElseThrow()).contains("no space");
    submit("d", 1);
    settle();
    assertThat(outcomes.getLast())
        .isInstanceOfSatisfying(
            Refused.OutOfSpace.class, refused -> assertThat(refused.reason()).contains("no space"));
    assertThat(keys()).isEqualTo(1);
    disk.leaveRoom(Long.MAX_VALUE);
    submit("e", 1);
    settle();
    assertThat(outcomes.getLast()).isInstanceOf(Outcome.Written.class);
    assertThat(core.isOutOfSpace()).isFalse();
    open();
    assertThat(keys()).isEqualTo(2);
  }

  /// Nobody has to write for the member to see that there is room again.
  @Test
  void aFullLogLooksForRoomByItself() {
    submit("a", 1);
    settle();
    disk.leaveRoom(200);
    submit("b", 1500);
    settle();
    disk.heal();
    settle();
    assertThat(core.isOutOfSpace()).as("it looks once a second").isTrue();
    clock.advance(Duration.ofSeconds(1));
    settle();
    assertThat(core.isOutOfSpace()).isFalse();
    assertThat(core.stopReason()).isEmpty();
  }

  /// Whoever asked is not told that it failed: the frame may be there.
  @Test
  void aForceThatFailedIsNotTrustedAgainAndWritingGoesOn() throws IOException {
    submit("a", 1);
    settle();
    disk.failAfter(1);
    submit("b", 1);
    settle();
    assertThat(outcomes.getLast())
        .isInstanceOfSatisfying(
            Refused.TimedOut.class,
            refused -> assertThat(refused.reason()).contains("disk failed"));
    assertThat(core.stopReason().orElseThrow()).contains("the log cannot be written now");
    assertThat(core.isOutOfSpace()).isFalse();
    assertThat(keys()).as("reads go on").isEqualTo(1);
    disk.heal();
    submit("c", 1);
    settle();
    assertThat(outcomes.getLast()).isInstanceOf(Outcome.Written.class);
    assertThat(core.stopReason()).isEmpty();
    assertThat(disk.names().stream().filter(name -> name.endsWith(".log"))).hasSize(2);
    disk.crash();
    open();
    assertThat(keys()).as("a and c, never b").isEqualTo(2);
  }

  @Test
  void aFullStoreRefusesUntilThereIsRoomAndThenAppliesWhatTheLogHas() {
    submit("a", 1);
    settle();
    store.fail(StorageFailure.Kind.DISK_FULL, false);
    submit("b", 1);
    settle();
    assertThat(outcomes.getLast()).isInstanceOf(Refused.TimedOut.class);
    assertThat(core.stopReason().orElseThrow()).contains("the store cannot be written now");
    assertThat(core.isOutOfSpace()).isTrue();
    assertThat(core.isStopped()).isFalse();
    submit("c", 1);
    assertThat(outcomes.getLast()).isInstanceOf(Refused.OutOfSpace.class);
    clock.advance(Duration.ofSeconds(1));
    settle();
    assertThat(keys()).isEqualTo(1);

    store.heal();
    clock.advance(Duration.ofSeconds(1));
    settle();
    assertThat(keys()).as("a, and b that was in the log").isEqualTo(2);
    assertThat(core.stopReason()).isEmpty();
    submit("d", 1);
    settle();
    assertThat(outcomes.getLast()).isInstanceOf(Outcome.Written.class);
    assertThat(outcomes).as("nobody is answered twice").hasSize(4);
  }

  @Test
  void aStoreThatComesBackWithoutWhatItHadNotFlushedIsFilledFromTheLog() throws IOException {
    submit("a", 1);
    settle();
    core.checkpoint();
    for (int i = 0; i < 5; i++) {
      submit("key " + i, 10);
      settle();
    }
    long revision = core.view().revision();
    store.fail(StorageFailure.Kind.IO, true);
    submit("b", 1);
    settle();
    store.heal();
    clock.advance(Duration.ofSeconds(1));
    settle();
    assertThat(core.stopReason()).isEmpty();
    assertThat(core.view().revision()).isEqualTo(revision + 1);
    assertThat(keys()).isEqualTo(7);
    assertThat(store.unflushedBatches()).isPositive();

    store.crash(store.unflushedBatches());
    open();
    assertThat(keys()).isEqualTo(7);
  }

  /// The command was evaluated in part, so the keyspace is made anew.
  @Test
  void aReadThatFailsInTheMiddleOfACommandIsForgotten() {
    submit("a", 20_000);
    settle();
    store.failReads(StorageFailure.Kind.IO);
    core.submit(
        new Command.Txn(
            List.of(),
            List.of(
                Command.Put.of(Bytes.utf8("b"), Bytes.EMPTY),
                new Command.DeleteRange(KeyRange.point(Bytes.utf8("a")), true)),
            List.of()),
        outcomes::add);
    settle();
    assertThat(outcomes.getLast()).isInstanceOf(Refused.TimedOut.class);
    assertThat(core.view().revision()).isEqualTo(2);
    store.heal();
    clock.advance(Duration.ofSeconds(1));
    settle();
    assertThat(core.view().revision()).isEqualTo(3);
    assertThat(keys()).as("b").isEqualTo(1);
  }

  @Test
  void aDamagedStoreIsNeverWrittenAgain() {
    store.fail(StorageFailure.Kind.CORRUPT, false);
    submit("a", 1);
    settle();
    assertThat(core.isStopped()).isTrue();
    assertThat(core.stopReason().orElseThrow()).contains("the store cannot be used");
  }

  /// What the store lost with its failure must not be forgotten by the log before it is there again.
  @Test
  void noCheckpointIsTakenWhileTheStoreFails() throws IOException {
    submit("a", 1);
    settle();
    store.fail(StorageFailure.Kind.IO, true);
    submit("b", 1);
    settle();
    core.checkpoint();
    assertThat(core.isCheckpointDue()).isFalse();
    assertThat(store.unflushedBatches()).isPositive();
  }

  @Test
  void stoppingRefusesWhatIsNotInTheLogAndFinishesWhatIs() {
    submit("a", 1);
    core.logStep();
    submit("b", 1);
    core.stop("enough");
    assertThat(outcomes).containsExactly(new Refused.Stopped("enough"));
    settle();
    assertThat(outcomes.getLast()).isInstanceOf(Outcome.Written.class);
  }

  @Test
  void anAnswerThatFailsHurtsNobody() {
    core.submit(
        Command.Put.of(Bytes.utf8("a"), Bytes.EMPTY),
        outcome -> {
          throw new IllegalStateException("broken");
        });
    submit("b", 1);
    settle();
    assertThat(outcomes).hasOnlyElementsOfType(Outcome.Written.class).hasSize(1);
  }

  @Test
  void aDamagedIndexCheckpointIsRebuilt() throws IOException {
    submit("a", 1);
    submit("b", 1);
    settle();
    core.checkpoint();
    disk.damage("index.checkpoint", 30);
    open();
    assertThat(keys()).isEqualTo(2);
    assertThat(core.view().revision()).isEqualTo(3);
  }

  @Test
  void aCheckpointIsDueAfterACompactionAndNotTooOften() throws IOException {
    submit("a", 1);
    submit("a", 2);
    settle();
    core.submit(new Command.Compact(3), outcomes::add);
    settle();
    assertThat(core.isCheckpointDue()).isFalse();
    clock.advance(Duration.ofSeconds(10));
    assertThat(core.isCheckpointDue()).isTrue();
    core.checkpoint();
    clock.advance(Duration.ofSeconds(10));
    assertThat(core.isCheckpointDue()).isFalse();
  }

  @Test
  void compactionDeletesBesideTraffic() {
    for (int i = 0; i < 40; i++) {
      submit("a", 1);
      settle();
    }
    core.submit(new Command.Compact(41), outcomes::add);
    settle();
    assertThat(store.size().bytesTotal()).isLessThan(200);
    assertThat(core.view().range(RangeRequest.of(KeyRange.ALL).at(40)))
        .isEqualTo(new NotReadable(new Refused.CompactedRevision(40, 41)));
  }

  /// A view from before a compaction says so where it can no longer answer, and never answers wrongly.
  @Test
  void anOldViewIsCompactedNotWrong() {
    submit("a", 100);
    settle();
    var old = core.view();
    submit("a", 100);
    settle();
    core.submit(new Command.Compact(3), outcomes::add);
    settle();
    assertThat(old.range(RangeRequest.of(KeyRange.ALL).at(2)))
        .isIn(
            new NotReadable(new Refused.CompactedRevision(2, 3)),
            old.rangeInMemory(RangeRequest.of(KeyRange.ALL).at(2)));
  }
}
