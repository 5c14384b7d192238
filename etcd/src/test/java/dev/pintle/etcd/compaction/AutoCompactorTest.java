package dev.pintle.etcd.compaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.etcd.fake.FakeMember;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.member.clock.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A minute is a revision here. The oldest note is a tenth of an interval older than the retention, as in etcd.
class AutoCompactorTest {
  private final FakeMember member = new FakeMember();
  private final ManualClock clock = new ManualClock();
  private final List<Long> compacted = new ArrayList<>();

  AutoCompactorTest() {
    member.view.revision = 1000;
  }

  private AutoCompactor compactor(AutoCompaction wanted) {
    return AutoCompactor.of(wanted, member, clock).orElseThrow();
  }

  private static AutoCompaction periodic(int minutes) {
    return new AutoCompaction.Periodic(Duration.ofMinutes(minutes));
  }

  /// Lets `minutes` go by, a step in each.
  private void live(AutoCompactor compactor, int minutes) {
    for (int minute = 0; minute < minutes; minute++) {
      clock.advance(Duration.ofMinutes(1));
      member.view.revision++;
      step(compactor);
    }
  }

  private long step(AutoCompactor compactor) {
    member.submitted = null;
    long next = compactor.step();
    if (member.submitted instanceof Command.Compact(long revision)) {
      compacted.add(revision);
    }
    return next;
  }

  @Test
  void nothingIsCompactedBeforeTheRetentionHasGoneBy() {
    AutoCompactor compactor = compactor(periodic(10));
    live(compactor, 9);
    assertThat(compacted).isEmpty();
  }

  @Test
  void aShortRetentionIsCompactedOncePerRetention() {
    AutoCompactor compactor = compactor(periodic(10));
    live(compactor, 35);
    assertThat(compacted).containsExactly(1000L, 1009L, 1019L);
  }

  @Test
  void aLongRetentionIsCompactedEveryHourAtWhatWasOneRetentionAgo() {
    AutoCompactor compactor = compactor(periodic(180));
    live(compactor, 6 * 60);
    assertThat(compacted).containsExactly(1000L, 1054L, 1114L, 1174L);
  }

  @Test
  void aFailureIsTriedAgainAfterATenthOfTheInterval() {
    AutoCompactor compactor = compactor(periodic(60));
    live(compactor, 65);
    member.outcome = new Refused.Stopped("no room");
    live(compactor, 60);
    compacted.clear();
    live(compactor, 12);
    assertThat(compacted).containsExactly(1060L, 1066L);
    member.outcome = new Outcome.Compacted(1);
    live(compactor, 60);
    assertThat(compacted.subList(2, compacted.size())).containsExactly(1072L);
  }

  @Test
  void whatSomebodyElseCompactedCountsAsDone() {
    AutoCompactor compactor = compactor(periodic(10));
    member.outcome = new Refused.CompactedRevision(10, 15);
    live(compactor, 29);
    assertThat(compacted).containsExactly(1000L, 1009L);
  }

  @Test
  void aStoreAtRestIsCompactedOnce() {
    member.view.revision = 5;
    AutoCompactor compactor = compactor(periodic(10));
    for (int minute = 0; minute < 60; minute++) {
      clock.advance(Duration.ofMinutes(1));
      step(compactor);
    }
    assertThat(compacted).containsExactly(5L);
  }

  @Test
  void theNumberOfRevisionsIsLookedAtEveryFiveMinutes() {
    AutoCompactor compactor = compactor(new AutoCompaction.Revisions(1007));
    live(compactor, 5);
    assertThat(compacted).as("1005 revisions, 1007 are kept").isEmpty();
    live(compactor, 10);
    assertThat(compacted).containsExactly(3L, 8L);
    assertThat(step(compactor)).isEqualTo(Duration.ofMinutes(5).toNanos());
  }

  @Test
  void aFailureOfTheRevisionModeIsTriedAgainFiveMinutesLater() {
    AutoCompactor compactor = compactor(new AutoCompaction.Revisions(1003));
    member.outcome = new Refused.Stopped("no room");
    live(compactor, 5);
    member.outcome = new Outcome.Compacted(1);
    live(compactor, 5);
    assertThat(compacted).containsExactly(2L, 7L);
  }

  @Test
  void withoutAWishThereIsNoCompactor() {
    assertThat(AutoCompactor.of(new AutoCompaction.Off(), member, clock)).isEmpty();
  }

  @Test
  void aRetentionWithoutATenthIsRefused() {
    assertThatThrownBy(() -> new AutoCompaction.Periodic(Duration.ofNanos(9)))
        .hasMessage("retention: PT0.000000009S (expected: at least 10ns)");
    assertThatThrownBy(() -> new AutoCompaction.Revisions(0))
        .hasMessage("retention: 0 (expected: at least 1)");
  }
}
