package dev.pintle.kube;

import static dev.pintle.kube.Api.MAPS;
import static dev.pintle.kube.ConversionHook.V1BETA1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Large requests that wait for what a webhook converts, and those that have nothing to do with it.
final class ConversionTurnsTest extends ConversionFixture {
  private static final int CLIENTS = 8;
  private static final String LARGE = "x".repeat(40_000);

  @Test
  void whoWaitsForWhatAnotherHasConvertedHoldsUpNobody() throws InterruptedException {
    make("a");
    int before = hook.asked.size();
    hook.held();
    byte[] body =
        cron(V1BETA1, "a", "{\"hostPort\":\"h:1\",\"image\":\"%s\"}".formatted(LARGE))
            .getBytes(StandardCharsets.UTF_8);
    List<FakeExchange> waiting = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      waiting.add(api.start("PATCH", OLD + "/a", body, Map.of("content-type", Api.MERGE)));
    }
    while (hook.asked.size() == before) {
      Thread.onSpinWait();
    }
    for (int i = 0; i < CLIENTS; i++) {
      String map = "{\"metadata\":{\"name\":\"m%d\"},\"data\":{\"k\":\"%s\"}}".formatted(i, LARGE);
      assertThat(api.post(MAPS, map).code()).isEqualTo(201);
    }
    hook.released();
    for (FakeExchange each : waiting) {
      assertThat(each.status()).as(each.text()).isEqualTo(200);
    }
  }
}
