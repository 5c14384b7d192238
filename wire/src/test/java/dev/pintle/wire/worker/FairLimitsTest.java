package dev.pintle.wire.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FairLimitsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 64})
  void oneClientNeverHasEveryThreadNorAllTheRoom(int processors) {
    FairLimits limits = FairLimits.of(processors, 1 << 30);

    assertThat(limits.threadsPerClient()).isPositive().isLessThan(limits.threads());
    assertThat(limits.clientBytesMax()).isPositive().isLessThan(limits.bytesMax());
    assertThat(limits.bytesMax()).isLessThan(1 << 30);
    assertThat(limits.threadsPerClient()).isLessThanOrEqualTo(Math.max(1, processors - 1));
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 10, 5, 1", "2, 2, 10, 5, 1", "2, 0, 10, 5, 1"})
  void threadsThatOneClientCouldHaveAreRefused(
      int threads, int perClient, long bytes, long clientBytes, int tasks) {
    assertThatThrownBy(() -> new FairLimits(threads, perClient, bytes, clientBytes, tasks))
        .hasMessageContaining("fair.threads");
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 10, 11, 1", "2, 1, 10, 0, 1", "2, 1, 10, 5, 0"})
  void roomThatOneClientCouldHaveAloneIsRefused(
      int threads, int perClient, long bytes, long clientBytes, int tasks) {
    assertThatThrownBy(() -> new FairLimits(threads, perClient, bytes, clientBytes, tasks))
        .hasMessageContaining("fair.bytes-max");
  }

  @Test
  void aClientMayHaveAllTheRoomThatThereIs() {
    assertThat(new FairLimits(2, 1, 10, 10, 1).clientBytesMax()).isEqualTo(10);
  }
}
