package dev.pintle.kube;

import static dev.pintle.kube.Api.JSON;
import static dev.pintle.kube.Api.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.wire.AnswerRoom;
import dev.pintle.wire.SharedLimit;
import dev.pintle.wire.ShedCounts;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Requests that limits of the server stand against, and those that are served all the same.
final class ShedTest {
  private static final int LARGE_BYTES = 40_000;
  private static final AnswerRoom NONE =
      new AnswerRoom() {
        @Override
        public Grant take(long bytes) {
          return Grant.BUDGET_EXHAUSTED;
        }

        @Override
        public SharedLimit refusedBy() {
          return SharedLimit.CLIENT_ANSWER_BYTES;
        }
      };
  private static final Map<String, String> ADMIN = Map.of("authorization", "Bearer " + Api.TOKEN);

  private final ShedCounts shed = new ShedCounts();
  private final Api api = new Api(KubeConfig.DEFAULT.withShed(shed));

  @AfterEach
  void close() {
    api.close();
  }

  private static FakeExchange get(String target, Map<String, String> headers) {
    return new FakeExchange("GET", target, new byte[0], headers);
  }

  private FakeExchange asked(FakeExchange exchange) {
    api.handle(exchange);
    return exchange;
  }

  private void fill(int objects) throws InterruptedException {
    String value = "x".repeat(LARGE_BYTES);
    for (int i = 0; i < objects; i++) {
      String object =
          "{\"metadata\":{\"name\":\"m-%d\"},\"data\":{\"k\":\"%s\"}}".formatted(i, value);
      assertThat(api.post(MAPS, object).code()).isEqualTo(201);
    }
  }

  private void isRefusedByName(FakeExchange refused, SharedLimit limit)
      throws InterruptedException {
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.answerHeaders("x-pintle-limit")).containsExactly(limit.text());
    assertThat(refused.answerHeaders("retry-after")).containsExactly("1");
    assertThat(refused.text()).contains("(limit: %s)".formatted(limit.text()));
    assertThat(shed.of(limit)).isOne();
  }

  @Test
  void aLongListIsNotBegunWhereThereIsNoRoomForIt() throws InterruptedException {
    fill(3);
    isRefusedByName(asked(get(MAPS, ADMIN).within(NONE)), SharedLimit.CLIENT_ANSWER_BYTES);
  }

  @Test
  void neitherIsOneThatIsMadeOfItsObjects() throws InterruptedException {
    fill(3);
    Map<String, String> table = new HashMap<>(ADMIN);
    table.put("accept", JSON + ";as=Table;g=meta.k8s.io;v=v1");
    isRefusedByName(asked(get(MAPS, table).within(NONE)), SharedLimit.CLIENT_ANSWER_BYTES);
  }

  @Test
  void neitherIsAWatchThatHasMuchToSendFirst() throws InterruptedException {
    fill(2);
    isRefusedByName(
        asked(get(MAPS + "?watch=1", ADMIN).within(NONE)), SharedLimit.CLIENT_ANSWER_BYTES);
  }

  @Test
  void aShortListNeedsNoRoom() throws InterruptedException {
    fill(1);
    assertThat(asked(get(MAPS, ADMIN).within(NONE)).status()).isEqualTo(200);
  }

  @Test
  void whoIsLetInBeyondALimitIsSentAwayWithItsName() throws InterruptedException {
    Map<String, String> jane = new HashMap<>(ADMIN);
    jane.put("impersonate-user", "jane");
    FakeExchange refused = asked(get(MAPS, jane).beyond(SharedLimit.CONNECTIONS));
    isRefusedByName(refused, SharedLimit.CONNECTIONS);
    assertThat(refused.isClosed()).isTrue();
    assertThat(refused.isFirst()).isFalse();
  }

  @Test
  void anAdministratorIsServedThereAndWhoeverAsksForHealth() throws InterruptedException {
    fill(1);
    FakeExchange small = asked(get(MAPS + "/m-0", ADMIN).beyond(SharedLimit.CONNECTIONS));
    assertThat(small.status()).isEqualTo(200);
    assertThat(small.isFirst()).isTrue();
    assertThat(small.isClosed()).isFalse();
    for (String path : new String[] {"/healthz", "/livez", "/readyz"}) {
      FakeExchange health = asked(get(path, Map.of()).beyond(SharedLimit.CLIENT_CONNECTIONS));
      assertThat(health.status()).as(path).isEqualTo(200);
      assertThat(health.isFirst()).isFalse();
    }
  }
}
