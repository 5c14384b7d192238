package dev.pintle.member.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.member.LeaseKeeper.TimeToLive;
import dev.pintle.member.clock.ManualClock;
import dev.pintle.member.core.IndexFile;
import dev.pintle.member.core.MemberConfig;
import dev.pintle.member.core.MemberCore;
import dev.pintle.member.core.MemberCore.Parts;
import dev.pintle.member.log.MemoryLog;
import dev.pintle.storage.memory.MemoryKv;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaseClockTest {
  private final ManualClock clock = new ManualClock();
  private final MemoryKv store = new MemoryKv();
  private final MemoryLog log = new MemoryLog();
  private final AtomicLong ids = new AtomicLong(41);
  private MemberCore core;
  private LeaseClock leases;

  @BeforeEach
  void start() throws IOException {
    core = MemberCore.open(new Parts(log, store, IndexFile.NONE, clock), MemberConfig.DEFAULT);
    leases = new LeaseClock(clock, core.root(), ids::incrementAndGet);
    core.observe(leases);
  }

  private void apply(Command command) {
    core.submit(command, outcome -> {});
    boolean any = true;
    while (any) {
      any = core.logStep() || core.applyStep();
    }
  }

  private void put(String key, long lease) {
    apply(new Command.Put(Bytes.utf8(key), Bytes.EMPTY, lease, false, false, false));
  }

  private List<Long> expired() {
    List<Long> expired = new ArrayList<>();
    leases.step(expired::add);
    return expired;
  }

  /// Ends what is over, through the log.
  private void expire() {
    expired().forEach(id -> apply(new Command.LeaseRevoke(id)));
  }

  @Test
  void aLeaseEndsWhenItsTimeIsOverAndTakesItsKeys() {
    apply(new Command.LeaseGrant(7, 10));
    put("a", 7);
    clock.advance(Duration.ofMillis(9_999));
    expire();
    assertThat(leases.ids()).containsExactly(7L);
    clock.advance(Duration.ofMillis(1));
    expire();
    assertThat(leases.ids()).isEmpty();
    assertThat(core.root().size()).isZero();
  }

  @Test
  void aRenewedLeaseBeginsItsTimeAnew() {
    apply(new Command.LeaseGrant(7, 10));
    clock.advance(Duration.ofSeconds(9));
    assertThat(leases.keepAlive(7)).hasValue(10L);
    clock.advance(Duration.ofSeconds(9));
    assertThat(expired()).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(expired()).containsExactly(7L);
  }

  @Test
  void aLeaseWhoseTimeIsOverIsNotRenewed() {
    apply(new Command.LeaseGrant(7, 10));
    clock.advance(Duration.ofSeconds(10));
    assertThat(leases.keepAlive(7)).isEmpty();
    assertThat(leases.timeToLive(7)).isEmpty();
    assertThat(expired()).containsExactly(7L);
    assertThat(leases.keepAlive(7)).isEmpty();
  }

  @Test
  void anUnknownLeaseIsNotRenewed() {
    assertThat(leases.keepAlive(7)).isEmpty();
    assertThat(leases.timeToLive(7)).isEmpty();
  }

  @Test
  void aRevokedLeaseIsForgotten() {
    apply(new Command.LeaseGrant(7, 10));
    apply(new Command.LeaseRevoke(7));
    assertThat(leases.keepAlive(7)).isEmpty();
    clock.advance(Duration.ofSeconds(20));
    assertThat(expired()).isEmpty();
  }

  @Test
  void anEndThatDidNotComeIsAskedForAgain() {
    apply(new Command.LeaseGrant(7, 10));
    clock.advance(Duration.ofSeconds(10));
    assertThat(expired()).containsExactly(7L);
    assertThat(expired()).isEmpty();
    clock.advance(LeaseClock.RETRY);
    assertThat(expired()).containsExactly(7L);
  }

  @Test
  void manyEndsArePaced() {
    for (long id = 1; id <= 2500; id++) {
      apply(new Command.LeaseGrant(id, 10));
    }
    clock.advance(Duration.ofSeconds(10));
    assertThat(expired()).hasSize(LeaseClock.REVOKES_PER_STEP);
    assertThat(expired()).hasSize(LeaseClock.REVOKES_PER_STEP);
    assertThat(expired()).hasSize(500);
  }

  @Test
  void aBranchGoesOnWithTheTimeThatIsLeft() {
    apply(new Command.LeaseGrant(7, 10));
    apply(new Command.LeaseGrant(8, 3));
    clock.advance(Duration.ofSeconds(4));
    ManualClock other = new ManualClock();
    LeaseClock branch = LeaseClock.branch(leases, other, core.root(), ids::incrementAndGet);
    assertThat(branch.over(10)).containsExactly(8L);
    assertThat(branch.remainingSeconds(7)).hasValue(6);
    other.advance(Duration.ofSeconds(6));
    List<Long> over = new ArrayList<>();
    branch.step(over::add);
    assertThat(over).containsExactly(7L, 8L);
    assertThat(leases.remainingSeconds(7)).hasValue(6);
  }

  @Test
  void aStartBeginsEveryLeaseAnew() throws IOException {
    apply(new Command.LeaseGrant(7, 10));
    clock.advance(Duration.ofSeconds(9));
    start();
    clock.advance(Duration.ofSeconds(9));
    assertThat(expired()).isEmpty();
    assertThat(leases.keepAlive(7)).hasValue(10L);
  }

  @Test
  void aStartGoesOnWithWhatWasNotedOfALongLease() throws IOException {
    noteAll();
    apply(new Command.LeaseGrant(7, 1000));
    apply(new Command.LeaseGrant(8, 100));
    pass(Duration.ofMinutes(5));
    start();
    assertThat(leases.remainingSeconds(7).orElseThrow()).isBetween(700L, 760L);
    assertThat(leases.remainingSeconds(8)).as("over while it ran").isEmpty();
  }

  @Test
  void aRenewalIsAnsweredOnceItsNoteIsTakenBack() throws IOException {
    noteAll();
    apply(new Command.LeaseGrant(7, 1000));
    pass(Duration.ofMinutes(5));
    List<Long> answers = new ArrayList<>();
    leases.keepAlive(7, answers::add);
    assertThat(answers).isEmpty();
    drive();
    assertThat(answers).containsExactly(1000L);
    start();
    assertThat(leases.remainingSeconds(7)).hasValue(1000);
    leases.keepAlive(7, answers::add);
    leases.keepAlive(99, answers::add);
    assertThat(answers).containsExactly(1000L, 1000L, 0L);
  }

  @Test
  void aLeaseThatIsRenewedInTimeIsNeverNoted() {
    noteAll();
    apply(new Command.LeaseGrant(7, 150));
    for (int i = 0; i < 20; i++) {
      pass(Duration.ofSeconds(50));
      assertThat(leases.keepAlive(7)).hasValue(150L);
    }
    assertThat(core.root().leases().remainingSeconds(7)).isZero();
  }

  private void noteAll() {
    leases.noteBy((command, done) -> core.submit(command, done));
  }

  /// Lets time pass, second by second, as the thread of the clock sees it.
  private void pass(Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      clock.advance(Duration.ofSeconds(1));
      leases.step(id -> core.submit(new Command.LeaseRevoke(id), outcome -> {}));
      leases.noteStep();
      drive();
    }
  }

  private void drive() {
    boolean any = true;
    while (any) {
      any = core.logStep() || core.applyStep();
    }
  }

  @Test
  void timeToLiveCountsWholeSecondsAndNamesTheKeys() {
    apply(new Command.LeaseGrant(7, 10));
    put("b", 7);
    put("a", 7);
    clock.advance(Duration.ofMillis(2_500));
    assertThat(leases.timeToLive(7))
        .hasValue(new TimeToLive(7, 10, 7, List.of(Bytes.utf8("a"), Bytes.utf8("b"))));
  }

  @Test
  void aNewIdIsNoLeasesId() {
    apply(new Command.LeaseGrant(42, 10));
    apply(new Command.LeaseGrant(43, 10));
    assertThat(leases.newId()).isEqualTo(44);
  }

  @Test
  void thoseThatRunOutFirstAreListedFirst() {
    apply(new Command.LeaseGrant(1, 600));
    apply(new Command.LeaseGrant(2, 9_000_000_000L));
    apply(new Command.LeaseGrant(3, 5));
    apply(new Command.LeaseGrant(4, 5));
    assertThat(leases.ids()).containsExactly(3L, 4L, 1L, 2L);
  }

  @Test
  void aLeaseOfAgesDoesNotOverflow() {
    apply(new Command.LeaseGrant(7, 9_000_000_000L));
    assertThat(leases.remainingSeconds(7)).hasValue(9_000_000_000L);
    clock.advance(Duration.ofDays(365));
    assertThat(expired()).isEmpty();
    assertThat(leases.keepAlive(7)).hasValue(9_000_000_000L);
  }
}
