package dev.pintle.kernel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NominalLimitsTest {
  private static final int SERVER = 600;
  private static final long SHARES = 245;

  @Test
  void theSuggestedLevelsHaveTheirKnownLimits() {
    assertThat(limits(5, 0)).isEqualTo(new NominalLimits(13, 13, 613));
    assertThat(limits(30, 33)).isEqualTo(new NominalLimits(74, 50, 674));
    assertThat(limits(40, 25)).isEqualTo(new NominalLimits(98, 73, 698));
    assertThat(limits(10, 0)).isEqualTo(new NominalLimits(25, 25, 625));
    assertThat(limits(40, 50)).isEqualTo(new NominalLimits(98, 49, 698));
    assertThat(limits(100, 90)).isEqualTo(new NominalLimits(245, 24, 845));
    assertThat(limits(20, 50)).isEqualTo(new NominalLimits(49, 24, 649));
  }

  @Test
  void aNewLevelHasLentHalfOfWhatItMay() {
    assertThat(limits(5, 0).initial()).isEqualTo(13);
    assertThat(limits(30, 33).initial()).isEqualTo(62);
    assertThat(limits(40, 25).initial()).isEqualTo(86);
    assertThat(limits(100, 90).initial()).isEqualTo(135);
    assertThat(limits(20, 50).initial()).isEqualTo(37);
  }

  @Test
  void aLevelBorrowsUpToItsPartOfWhatItHas() {
    assertThat(NominalLimits.of(SERVER, 40, SHARES, 0, 0).max()).isEqualTo(98);
    assertThat(NominalLimits.of(SERVER, 40, SHARES, 0, 50).max()).isEqualTo(147);
    assertThat(NominalLimits.of(SERVER, 40, SHARES, 0, 300).max()).isEqualTo(392);
  }

  @Test
  void aLevelWithoutSharesHasNothing() {
    assertThat(NominalLimits.of(SERVER, 0, SHARES, 100, 0)).isEqualTo(new NominalLimits(0, 0, 0));
    assertThat(NominalLimits.of(SERVER, 0, 0, 0, -1)).isEqualTo(new NominalLimits(0, 0, 600));
  }

  @Test
  void theRequestsOfAHandFitTogether() {
    assertThat(limits(100, 90).requestSeatsMax(6)).isEqualTo(37);
    assertThat(limits(40, 50).requestSeatsMax(6)).isEqualTo(15);
    assertThat(limits(20, 50).requestSeatsMax(6)).isEqualTo(8);
    assertThat(limits(10, 0).requestSeatsMax(4)).isEqualTo(4);
    assertThat(limits(40, 50).requestSeatsMax(12)).isEqualTo(8);
    assertThat(limits(5, 0).requestSeatsMax(15)).isEqualTo(1);
  }

  private static NominalLimits limits(int shares, int lendablePercent) {
    return NominalLimits.of(SERVER, shares, SHARES, lendablePercent, -1);
  }

  @Test
  void theLargestOfAllFlagsAndFieldsDoNotOverflow() {
    NominalLimits all = NominalLimits.of(Integer.MAX_VALUE, 1, 1, 0, -1);
    assertThat(all)
        .isEqualTo(new NominalLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));
    assertThat(NominalLimits.of(600, 1, 1, 0, Integer.MAX_VALUE).max())
        .isEqualTo(Integer.MAX_VALUE);
    SeatBorrowing.Level level = new SeatBorrowing.Level(all, new DemandHistory(), false, 1);
    assertThat(SeatBorrowing.adjust(List.of(level, level)).seats())
        .containsExactly(Integer.MAX_VALUE, Integer.MAX_VALUE);
  }
}
