package dev.pintle.kube.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.FakeExchange;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RequestContextTest {
  @Test
  void aStepOfTheClockTakesNoTimeFromARequest() {
    RequestInfo info = new RequestInfo("create", "", null, "", "", "", "", 0);
    RequestContext context =
        new RequestContext(
            new FakeExchange("POST", "/x", new byte[0], Map.of()),
            info,
            Query.EMPTY,
            null,
            Instant.now().minusSeconds(3_600));
    context.limit(Duration.ofMinutes(1).toNanos());
    assertThat(context.notes().left()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
  }
}
