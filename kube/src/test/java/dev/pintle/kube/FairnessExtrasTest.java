package dev.pintle.kube;

import static dev.pintle.kube.Api.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import dev.pintle.kube.flowcontrol.FlowExtras;
import dev.pintle.kube.flowcontrol.FlowLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What priority levels do beyond upstream, at a level of many seats.
final class FairnessExtrasTest {
  private static final String FLOW = "/apis/flowcontrol.apiserver.k8s.io/v1/";
  private static final String LEVELS = FLOW + "prioritylevelconfigurations";
  private static final String SCHEMAS = FLOW + "flowschemas";
  private static final String EXPLAINED =
      "/debug/api_priority_and_fairness/explain?user=jane&verb=list&path=" + MAPS;
  private static final String SYSTEM_PODS = "/api/v1/namespaces/kube-system/pods";
  private static final String TRACKING =
      "/api/v1/namespaces/kube-system/configmaps/kube-apiserver-legacy-service-account-token-tracking";
  private static final int PART_BYTES = 491_300;
  private static final int SECONDS_MAX = 20;
  private static final int MIB = 1_048_576;
  private static final String LEVEL =
      """
      {"metadata":{"name":"wide","annotations":{%s}},"spec":{"type":"Limited","limited":{"nominalConcurrencyShares":1000,
      "lendablePercent":0,"borrowingLimitPercent":0,"limitResponse":%s}}}
      """;
  private static final String QUEUE =
      "{\"type\":\"Queue\",\"queuing\":{\"queues\":1,\"handSize\":1,\"queueLengthLimit\":2}}";
  private static final String REJECT = "{\"type\":\"Reject\"}";
  private static final String ONE_SEAT = "\"flowcontrol.pintle.dev/namespace-seats-max\":\"1\"";
  private static final String SCHEMA =
      """
      {"metadata":{"name":"janes"},"spec":{"matchingPrecedence":500,"distinguisherMethod":{"type":"ByUser"},
      "priorityLevelConfiguration":{"name":"wide"},"rules":[{"subjects":[{"kind":"User","user":{"name":"jane"}}],
      "resourceRules":[{"verbs":["*"],"apiGroups":["*"],"resources":["*"],"namespaces":["*"],"clusterScope":true}]}]}}
      """;
  private static final Map<String, String> JANE =
      Map.of("impersonate-user", "jane", "impersonate-group", "system:masters-of-nothing");

  private final HeldRequests held = new HeldRequests("jane");
  private final Api api =
      new Api(
          KubeConfig.DEFAULT.withFlow(
              new FlowLimits(
                  true,
                  100,
                  0,
                  FlowExtras.NONE.withNames().withLearned().withListBytesMax(2L * MIB))),
          held::before);

  @AfterEach
  void close() {
    held.release();
    api.close();
  }

  private void configure(String annotations, String response) throws InterruptedException {
    api.settledIn();
    mayRead("jane", "view");
    assertThat(api.post(LEVELS, LEVEL.formatted(annotations, response)).code()).isEqualTo(201);
    assertThat(api.post(SCHEMAS, SCHEMA).code()).isEqualTo(201);
    api.untilSaid(EXPLAINED, "matched     janes");
  }

  private void mayRead(String user, String role) throws InterruptedException {
    Answer bound =
        api.post(
            "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
            """
            {"metadata":{"name":"%1$s"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"%2$s"},
            "subjects":[{"kind":"User","apiGroup":"rbac.authorization.k8s.io","name":"%1$s"}]}
            """
                .formatted(user, role));
    assertThat(bound.code()).isEqualTo(201);
  }

  private FakeExchange asJane(String id, String path) {
    Map<String, String> headers = new HashMap<>(JANE);
    headers.put("audit-id", id);
    return api.start("GET", path, new byte[0], headers);
  }

  private String enters() throws InterruptedException {
    return String.valueOf(held.entered().poll(SECONDS_MAX, TimeUnit.SECONDS));
  }

  /// Makes the list of all maps of the namespace three quarters of the limit long, as far as it is known: there is one more, elsewhere and
  /// small, so that a map has four fifths of this on average.
  private void fillUp() throws InterruptedException {
    api.until(TRACKING, answer -> answer.code() == 200);
    String part = "x".repeat(PART_BYTES);
    for (int i = 0; i < 4; i++) {
      Answer made =
          api.post(
              MAPS,
              "{\"metadata\":{\"name\":\"large-%d\"},\"data\":{\"a\":\"%s\"}}".formatted(i, part));
      assertThat(made.code()).isEqualTo(201);
    }
  }

  @Test
  void whoMayReadThemIsToldTheNamesOfTheSchemaAndTheLevel() throws InterruptedException {
    configure("", QUEUE);
    held.release();
    api.post(
        "/apis/rbac.authorization.k8s.io/v1/clusterroles",
        """
        {"metadata":{"name":"flows"},"rules":[{"verbs":["get","list"],"apiGroups":["flowcontrol.apiserver.k8s.io"],"resources":["*"]}]}
        """);
    mayRead("joe", "flows");
    FakeExchange reader =
        api.start("GET", SCHEMAS + "/janes", new byte[0], Map.of("impersonate-user", "joe"));
    FakeExchange other = asJane("jane", MAPS);

    assertThat(reader.status()).isEqualTo(200);
    assertThat(reader.answerHeaders("x-kubernetes-pf-flowschema-name"))
        .containsExactly("global-default");
    assertThat(reader.answerHeaders("x-kubernetes-pf-prioritylevel-name"))
        .containsExactly("global-default");
    assertThat(other.status()).isEqualTo(200);
    assertThat(other.answerHeaders("x-kubernetes-pf-prioritylevel-name")).isEmpty();
    assertThat(other.answerHeaders("x-kubernetes-pf-prioritylevel-uid")).hasSize(1);
    for (String path : new String[] {SCHEMAS + "/janes", SCHEMAS + "?limit=1"}) {
      assertThat(api.get(path).exchange().answerHeaders("x-kubernetes-pf-flowschema-name"))
          .containsExactly("exempt");
    }
  }

  @Test
  void aLongListWaitsUntilOthersThatAreAsLongAreSent() throws InterruptedException {
    configure("", QUEUE);
    fillUp();
    FakeExchange first = asJane("first", MAPS);
    assertThat(enters()).isEqualTo("first");
    FakeExchange second = asJane("second", MAPS);
    api.untilSaid("/metrics", "pintle_flowcontrol_lists{phase=\"waiting\"} 1\n");
    asJane("small", SYSTEM_PODS);
    assertThat(enters()).as("a short list beside them").isEqualTo("small");
    assertThat(api.get(MAPS).code()).as("the exempt level").isEqualTo(200);
    assertThat(api.get(EXPLAINED).exchange().text())
        .contains("list bytes  about 1573", "of 2097152 bytes are being sent, 1 lists wait\n");

    first.abort();
    assertThat(enters()).isEqualTo("second");
    held.release();
    assertThat(second.status()).isEqualTo(200);
    api.untilSaid("/metrics", "pintle_flowcontrol_list_bytes{phase=\"executing\"} 0\n");
  }

  @Test
  void aLongListThatWaitsTooLongIsTurnedAway() throws InterruptedException {
    configure("", QUEUE);
    fillUp();
    asJane("first", MAPS);
    assertThat(enters()).isEqualTo("first");
    FakeExchange second = asJane("second", MAPS + "?timeout=40ms");

    assertThat(second.status()).isEqualTo(429);
    assertThat(second.answerHeaders("retry-after")).containsExactly("1");
    api.untilSaid(
        "/metrics",
        "apiserver_flowcontrol_rejected_requests_total{flow_schema=\"janes\",priority_level=\"wide\",reason=\"time-out\"} 1\n");
    api.untilSaid("/metrics", "pintle_flowcontrol_lists{phase=\"waiting\"} 0\n");
  }

  @Test
  void aLevelWithoutQueuesTurnsALongListAwayAtOnce() throws InterruptedException {
    configure("", REJECT);
    fillUp();
    asJane("first", MAPS);
    assertThat(enters()).isEqualTo("first");

    assertThat(asJane("second", MAPS).status()).isEqualTo(429);
  }

  @Test
  void whoGoesAwayWhileAListWaitsLeavesNothing() throws InterruptedException {
    configure("", QUEUE);
    fillUp();
    asJane("first", MAPS);
    assertThat(enters()).isEqualTo("first");
    FakeExchange second = asJane("second", MAPS);
    api.untilSaid("/metrics", "pintle_flowcontrol_lists{phase=\"waiting\"} 1\n");
    second.abort();
    api.untilSaid("/metrics", "pintle_flowcontrol_lists{phase=\"waiting\"} 0\n");
  }

  @Test
  void aNamespaceHasNoMoreSeatsThanTheLevelAllowsIt() throws InterruptedException {
    configure(ONE_SEAT, QUEUE);
    FakeExchange first = asJane("first", MAPS + "?limit=1");
    assertThat(enters()).isEqualTo("first");
    FakeExchange second = asJane("second", MAPS + "?limit=1");
    api.untilSaid(
        "/metrics", "pintle_flowcontrol_namespace_waiting_requests{priority_level=\"wide\"} 1\n");
    FakeExchange third = asJane("third", MAPS + "?limit=1");
    api.untilSaid(
        "/metrics", "pintle_flowcontrol_namespace_waiting_requests{priority_level=\"wide\"} 2\n");
    assertThat(asJane("fourth", MAPS + "?limit=1").status()).as("a full queue").isEqualTo(429);
    asJane("elsewhere", SYSTEM_PODS + "?limit=1");
    assertThat(enters()).as("in another namespace").isEqualTo("elsewhere");
    assertThat(api.get(EXPLAINED).exchange().text())
        .contains("namespace   default: 1 of 1 seats in use, 2 requests wait\n");

    held.release();
    for (FakeExchange exchange : new FakeExchange[] {first, second, third}) {
      assertThat(exchange.status()).isEqualTo(200);
    }
    api.untilSaid(EXPLAINED, "namespace   default: 0 of 1 seats in use, 0 requests wait\n");
  }

  @Test
  void whatRequestsOfAKindLastedIsWhatTheNextOnesAreTakenToLast() throws InterruptedException {
    configure("", QUEUE);
    FakeExchange first = asJane("first", MAPS + "?limit=1");
    assertThat(enters()).isEqualTo("first");
    // Ten times what a request is taken to last that nothing is known of.
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < TimeUnit.MILLISECONDS.toNanos(30)) {
      Thread.onSpinWait();
    }
    held.release();
    assertThat(first.status()).isEqualTo(200);
    api.patch(
        LEVELS + "/wide", Api.MERGE, "{\"spec\":{\"limited\":{\"nominalConcurrencyShares\":0}}}");
    api.untilSaid(EXPLAINED, "of 0 seats in use");
    asJane("second", MAPS + "?limit=1");
    api.untilSaid(
        "/metrics",
        "apiserver_flowcontrol_current_inqueue_requests{flow_schema=\"janes\",priority_level=\"wide\"} 1\n");
    assertThat(api.get("/debug/api_priority_and_fairness/dump_queues").exchange().text())
        .containsPattern("wide, +0, +1, ")
        .doesNotContain("0.00300000ss");
  }

  @Test
  void withoutQueuesANamespaceThatHasItsSeatsIsTurnedAwayAtOnce() throws InterruptedException {
    configure(ONE_SEAT, REJECT);
    asJane("first", MAPS + "?limit=1");
    assertThat(enters()).isEqualTo("first");

    assertThat(asJane("second", MAPS + "?limit=1").status()).isEqualTo(429);
    asJane("elsewhere", SYSTEM_PODS + "?limit=1");
    assertThat(enters()).isEqualTo("elsewhere");
  }

  @Test
  void aLimitOfNamespacesThatIsNoneIsRefused() throws InterruptedException {
    api.settledIn();
    for (String bad : new String[] {"0", "-1", "many", "01", "+1", "99999999999"}) {
      Answer refused =
          api.post(LEVELS, LEVEL.formatted(ONE_SEAT.replace("\"1\"", "\"" + bad + "\""), QUEUE));
      assertThat(refused.code()).isEqualTo(422);
      assertThat(refused.message())
          .endsWith(
              "metadata.annotations[flowcontrol.pintle.dev/namespace-seats-max]: Invalid value: \"%s\": must be a number of seats, from 1"
                  .formatted(bad));
    }
    Answer exempt =
        api.patch(
            LEVELS + "/exempt", Api.MERGE, "{\"metadata\":{\"annotations\":{" + ONE_SEAT + "}}}");
    assertThat(exempt.message()).endsWith("the exempt level has no limit");
  }
}
