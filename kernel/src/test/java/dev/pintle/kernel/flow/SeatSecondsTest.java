package dev.pintle.kernel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The figures are upstream's.
final class SeatSecondsTest {
  @Test
  void halvesAreRoundedAwayFromZero() {
    assertThat(SeatSeconds.of(1, 4)).isZero();
    assertThat(SeatSeconds.of(1, 5)).isEqualTo(1);
    assertThat(SeatSeconds.of(1, 15)).isEqualTo(2);
    assertThat(SeatSeconds.of(0.5, 9)).isZero();
    assertThat(SeatSeconds.of(0.5, 10)).isEqualTo(1);
  }

  @Test
  void aNegativeTimeIsNegativeWork() {
    assertThat(SeatSeconds.of(1, -4)).isZero();
    assertThat(SeatSeconds.of(1, -5)).isEqualTo(-1);
    assertThat(SeatSeconds.of(1, -15)).isEqualTo(-2);
    assertThat(SeatSeconds.of(7, -3_000_000)).isEqualTo(-2_100_000);
  }

  @Test
  void partsOfASeatCount() {
    assertThat(SeatSeconds.of(2.0 / 3, 1_000_000_000)).isEqualTo(66_666_667);
  }

  @Test
  void theTimeOfSomeSeatsIsCutToWholeNanoseconds() {
    assertThat(SeatSeconds.nanosPerSeat(100, 3)).isEqualTo(333);
    assertThat(SeatSeconds.nanosPerSeat(7, 2)).isEqualTo(35);
    assertThat(SeatSeconds.nanosPerSeat(1_000_000, 7)).isEqualTo(1_428_571);
    assertThat(SeatSeconds.nanosPerSeat(5, 9)).isEqualTo(5);
  }

  @Test
  void peopleReadEightDigits() {
    assertThat(SeatSeconds.text(SeatSeconds.of(12.003, 1_000_000_000))).isEqualTo("12.00300000ss");
    assertThat(SeatSeconds.text(1)).isEqualTo("0.00000001ss");
    assertThat(SeatSeconds.inSeconds(1_200_300_000)).isEqualTo(12.003);
  }

  @Test
  void workThatIsOwedHasOneSign() {
    assertThat(SeatSeconds.text(-1)).isEqualTo("-0.00000001ss");
    assertThat(SeatSeconds.text(-1_200_300_000)).isEqualTo("-12.00300000ss");
  }
}
