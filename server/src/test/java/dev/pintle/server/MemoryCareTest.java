package dev.pintle.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryCareTest {
  private static final long MEGABYTE = 1L << 20;

  private final MemoryCare.Calm calm = new MemoryCare.Calm();

  /// How often it is time within so many rounds in which nothing happens.
  private int times(int rounds, long heapBytes, long collected) {
    int times = 0;
    for (int i = 0; i < rounds; i++) {
      if (calm.isTimeToGiveBack(heapBytes, collected)) {
        calm.gaveBack(heapBytes, collected);
        times++;
      }
    }
    return times;
  }

  @Test
  void nothingIsGivenBackThatDidNotGrow() {
    assertThat(times(10, 64 * MEGABYTE, 3)).isZero();
    assertThat(times(10, 80 * MEGABYTE, 3)).isZero();
  }

  @Test
  void whatGrewIsGivenBackOnceTheRushIsOverAndOnceMore() {
    assertThat(calm.isTimeToGiveBack(64 * MEGABYTE, 0)).isFalse();
    assertThat(calm.isTimeToGiveBack(500 * MEGABYTE, 100)).isFalse();
    assertThat(calm.isTimeToGiveBack(500 * MEGABYTE, 200)).isFalse();
    assertThat(times(100, 500 * MEGABYTE, 201)).isEqualTo(2);
  }

  @Test
  void theNextRushCountsAnew() {
    assertThat(times(1, 64 * MEGABYTE, 0)).isZero();
    assertThat(times(100, 500 * MEGABYTE, 1)).isEqualTo(2);
    assertThat(times(100, 700 * MEGABYTE, 1)).isZero();
    assertThat(times(100, 751 * MEGABYTE, 1)).isEqualTo(2);
  }
}
