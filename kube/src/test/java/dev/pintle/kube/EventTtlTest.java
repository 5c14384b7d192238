package dev.pintle.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.member.clock.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EventTtlTest {
  private static final String EVENTS = "/api/v1/namespaces/default/events";
  private static final String EVENT =
      "{\"metadata\": {\"name\": \"%s\"}, \"involvedObject\": {\"namespace\": \"default\"}}";

  private final ManualClock clock = new ManualClock();
  private Api api = new Api(KubeConfig.DEFAULT, clock);

  @AfterEach
  void stop() {
    api.close();
  }

  private void restart(KubeConfig config) {
    api.close();
    api = new Api(config, clock);
  }

  private Api.Answer make(String name) throws InterruptedException {
    Api.Answer made = api.post(EVENTS, EVENT.formatted(name));
    assertThat(made.code()).isEqualTo(201);
    return made;
  }

  @Test
  void anEventGoesAnHourAfterItWasWritten() throws Exception {
    api.post(Api.MAPS, "{\"metadata\": {\"name\": \"stays\"}}");
    Api.Answer made = make("a");
    FakeExchange watch = api.watch(EVENTS + "?watch=1&resourceVersion=" + made.version());
    clock.advance(Duration.ofMinutes(62));
    watch.await("{\"type\":\"DELETED\",\"object\":{\"kind\":\"Event\"");
    assertThat(api.get(EVENTS + "/a").code()).isEqualTo(404);
    assertThat(api.get(Api.MAPS + "/stays").code()).isEqualTo(200);
  }

  @Test
  void aChangeStartsTheTimeOfAnEventAnew() throws Exception {
    make("changed");
    Api.Answer made = make("left");
    FakeExchange watch = api.watch(EVENTS + "?watch=1&resourceVersion=" + made.version());
    clock.advance(Duration.ofMinutes(40));
    api.patch(EVENTS + "/changed", Api.MERGE, "{\"count\": 2}");
    clock.advance(Duration.ofMinutes(40));
    watch.await("\"name\":\"left\"");
    assertThat(api.get(EVENTS + "/changed").code()).isEqualTo(200);
  }

  @Test
  void eventsOfBothGroupsShareALease() throws Exception {
    make("a");
    make("b");
    String newer =
        "{\"metadata\": {\"name\": \"c\"}, \"eventTime\": \"2020-01-01T00:00:00.000000Z\", \"type\": \"Normal\","
            + " \"reason\": \"r\", \"action\": \"a\", \"reportingController\": \"a.b/c\", \"reportingInstance\": \"i\","
            + " \"regarding\": {\"namespace\": \"default\"}}";
    assertThat(api.post("/apis/events.k8s.io/v1/namespaces/default/events", newer).code())
        .isEqualTo(201);
    assertThat(api.leases()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(61));
    make("d");
    assertThat(api.leases()).isEqualTo(2);
  }

  @Test
  void aLeaseIsForAThousandEvents() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      make("e" + i);
    }
    assertThat(api.leases()).isEqualTo(1);
    make("one-more");
    assertThat(api.leases()).isEqualTo(2);
  }

  @Test
  void aDryRunNeedsNoLease() throws Exception {
    assertThat(api.post(EVENTS + "?dryRun=All", EVENT.formatted("a")).code()).isEqualTo(201);
    assertThat(api.leases()).isEqualTo(0);
  }

  @Test
  void withoutATimeEventsStay() throws Exception {
    restart(KubeConfig.DEFAULT.withEventTtl(Duration.ZERO));
    make("a");
    assertThat(api.leases()).isEqualTo(0);
  }
}
