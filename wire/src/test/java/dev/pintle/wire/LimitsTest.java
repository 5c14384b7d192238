package dev.pintle.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitsTest {
  @Test
  void theDefaultsAreThese() {
    assertThat(WireLimits.DEFAULT.http1())
        .isEqualTo(
            new Http1Limits(
                131_072,
                1_048_576,
                Duration.ofSeconds(32),
                Duration.ofMinutes(3),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60)));
    assertThat(WireLimits.DEFAULT.http2())
        .isEqualTo(
            new Http2Limits(
                Integer.MAX_VALUE,
                1_048_576,
                262_144,
                16_777_216,
                10_000,
                10_000,
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ZERO));
    assertThat(WireLimits.DEFAULT.pings())
        .isEqualTo(
            new PingLimits(
                Duration.ofSeconds(5), false, Duration.ofHours(2), Duration.ofSeconds(20)));
    assertThat(WireLimits.DEFAULT.grpc()).isEqualTo(new GrpcLimits(2_097_152, Integer.MAX_VALUE));
    assertThat(WireLimits.DEFAULT.queues()).isEqualTo(new QueueLimits(65_536, 8_388_608, 65_536));
  }

  @Test
  void whatAllMayHoldFollowsTheHeapAndTheDescriptors() {
    assertThat(SharedLimits.of(512L << 20, 1_000_000))
        .isEqualTo(
            new SharedLimits(
                2048, 1024, 128, 512, 16_384, 8_192, 64 << 20, 32 << 20, 128 << 20, 64 << 20));
    assertThat(SharedLimits.of(512L << 20, 60).connectionsMax()).isEqualTo(45);
    assertThat(SharedLimits.of(512L << 20, -5).connectionsMax()).isEqualTo(16);
    assertThat(SharedLimits.of(1L << 50, 1L << 40).connectionsMax()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aLimitOutOfRangeIsNamed() {
    assertThatThrownBy(() -> Http2Limits.DEFAULT.withConcurrentStreams(0))
        .hasMessage("http2.concurrent-streams-max: 0 (expected: >= 1)");
    assertThatThrownBy(
            () -> new PingLimits(Duration.ZERO, false, Duration.ofHours(1), Duration.ofHours(1)))
        .hasMessage("ping.client-ping-min: PT0S (expected: > 0)");
  }

  @Test
  void aHeaderCannotSmuggleAnother() {
    assertThatThrownBy(() -> new ResponseHeaders().add("location", "/a\r\nset-cookie: b"))
        .hasMessage("header location: control character at 2 (expected: none)");
  }
}
