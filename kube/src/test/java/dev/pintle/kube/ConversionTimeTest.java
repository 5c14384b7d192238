package dev.pintle.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// That nobody waits for a conversion longer than for the request that needs it.
final class ConversionTimeTest extends ConversionFixture {
  private FakeExchange begin(String target) {
    int before = hook.asked.size();
    FakeExchange begun = api.start("GET", target, new byte[0], Map.of());
    while (hook.asked.size() == before) {
      Thread.onSpinWait();
    }
    return begun;
  }

  @Test
  void aConversionEndsWithItsRequest() throws InterruptedException {
    make("a");
    hook.held();
    FakeExchange late = begin(OLD + "/a?timeout=1s");
    assertThat(late.status()).isEqualTo(504);
    api.untilSaid("/metrics", "pintle_outbound_calls 0\n");
    FakeExchange list = begin(OLD + "?timeout=1s");
    assertThat(list.status()).isEqualTo(504);
    api.untilSaid("/metrics", "pintle_outbound_calls 0\n");
  }

  @Test
  void whoHasMoreTimeIsNotEndedByWhoHasLittle() throws InterruptedException {
    make("a");
    hook.held();
    FakeExchange late = begin(OLD + "/a?timeout=1s");
    FakeExchange patient = api.start("GET", OLD + "/a", new byte[0], Map.of());
    assertThat(late.status()).isEqualTo(504);
    hook.released();
    assertThat(patient.status()).isEqualTo(200);
  }
}
