package dev.pintle.kernel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SeatBorrowingTest {
  /// Of 200 seats, levels that may lend all and borrow all.
  private static final NominalLimits HALF = new NominalLimits(100, 0, 300);

  private static final NominalLimits NONE = new NominalLimits(0, 0, 200);

  @Test
  void anIdleLevelLendsWhatItMay() {
    NominalLimits halfLent = new NominalLimits(100, 50, 300);
    SeatBorrowing.Lent lent =
        SeatBorrowing.adjust(List.of(level(HALF, 300, 300), level(halfLent, 0, 0)));
    assertThat(lent.seats()).containsExactly(150, 50);
  }

  @Test
  void allBusyLevelsHaveWhatIsTheirs() {
    SeatBorrowing.Lent lent =
        SeatBorrowing.adjust(List.of(level(HALF, 500, 500), level(HALF, 300, 300)));
    assertThat(lent.seats()).containsExactly(100, 100);
    assertThat(lent.fairShare()).isZero();
  }

  @Test
  void seatsBeyondTheDemandAreDividedInItsProportion() {
    SeatBorrowing.Lent lent =
        SeatBorrowing.adjust(List.of(level(HALF, 30, 30), level(HALF, 10, 10)));
    assertThat(lent.seats()).containsExactly(150, 50);
    assertThat(lent.fairShare()).isEqualTo(5);
  }

  @Test
  void aLevelDoesNotBorrowMoreThanItMay() {
    NominalLimits proud = new NominalLimits(100, 0, 120);
    SeatBorrowing.Lent lent =
        SeatBorrowing.adjust(List.of(level(proud, 300, 300), level(HALF, 10, 10)));
    assertThat(lent.seats()).containsExactly(120, 80);
  }

  @Test
  void anExemptLevelHasAllTheSeatsItUsed() {
    SeatBorrowing.Lent lent =
        SeatBorrowing.adjust(List.of(exempt(NONE, 150), level(HALF, 80, 80), level(HALF, 20, 20)));
    // Between what they keep, nothing, and what they needed, 100, lie the 50 that are left.
    assertThat(lent.seats()).containsExactly(150, 40, 10);
    assertThat(lent.fairShare()).isZero();
  }

  @Test
  void levelsKeepTheirMinimumWhenExemptRequestsTakeEverything() {
    NominalLimits kept = new NominalLimits(100, 30, 200);
    SeatBorrowing.Lent lent =
        SeatBorrowing.adjust(List.of(exempt(NONE, 500), level(kept, 80, 80), level(kept, 0, 0)));
    assertThat(lent.seats()).containsExactly(500, 30, 30);
  }

  @Test
  void whatExemptRequestsTakeIsGivenOutOnceMore() {
    SeatBorrowing.Lent lent =
        SeatBorrowing.adjust(List.of(exempt(NONE, 20), level(HALF, 30, 30), level(HALF, 10, 10)));
    assertThat(lent.seats()).containsExactly(20, 150, 50);
  }

  @Test
  void limitsThatNoDivisionKeepsLeaveLimitedLevelsTheirSeats() {
    NominalLimits own = new NominalLimits(100, 100, 100);
    NominalLimits exemptShare = new NominalLimits(50, 0, 250);
    SeatBorrowing.Lent lent =
        SeatBorrowing.adjust(
            List.of(
                new SeatBorrowing.Level(exemptShare, demand(10, 10), true, 7),
                new SeatBorrowing.Level(own, demand(10, 10), false, 83)));
    // All 150 are to be given out, and the only one that may have them may have 100.
    assertThat(lent.seats()).containsExactly(10, 83);
    assertThat(lent.fairShare()).isZero();
  }

  private static SeatBorrowing.Level level(NominalLimits limits, int most, double smoothed) {
    return new SeatBorrowing.Level(limits, demand(most, smoothed), false, limits.initial());
  }

  private static SeatBorrowing.Level exempt(NominalLimits limits, int most) {
    return new SeatBorrowing.Level(limits, demand(most, most), true, limits.initial());
  }

  private static DemandHistory demand(int most, double smoothed) {
    DemandHistory history = new DemandHistory();
    history.note(new SeatDemand.Observed(10, smoothed, 0, most));
    return history;
  }
}
