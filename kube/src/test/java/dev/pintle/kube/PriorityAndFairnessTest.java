package dev.pintle.kube;

import static dev.pintle.kube.Api.MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kube.Api.Answer;
import dev.pintle.kube.flowcontrol.FlowLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Requests at a level of one seat, whose queue has two places.
final class PriorityAndFairnessTest {
  private static final String FLOW = "/apis/flowcontrol.apiserver.k8s.io/v1/";
  private static final String LEVELS = FLOW + "prioritylevelconfigurations";
  private static final String SCHEMAS = FLOW + "flowschemas";
  private static final String DEBUG = "/debug/api_priority_and_fairness/";
  private static final int SECONDS_MAX = 20;
  private static final String LEVEL =
      """
      {"metadata":{"name":"narrow"},"spec":{"type":"Limited","limited":{"nominalConcurrencyShares":1,"lendablePercent":0,
      "borrowingLimitPercent":0,"limitResponse":{"type":"Queue","queuing":{"queues":1,"handSize":1,"queueLengthLimit":2}}}}}
      """;
  private static final String SCHEMA =
      """
      {"metadata":{"name":"%1$s"},"spec":{"matchingPrecedence":500,"distinguisherMethod":{"type":"ByUser"},
      "priorityLevelConfiguration":{"name":"%2$s"},"rules":[{"subjects":[{"kind":"User","user":{"name":"jane"}}],
      "resourceRules":[{"verbs":["*"],"apiGroups":["*"],"resources":["*"],"namespaces":["*"],"clusterScope":true}]}]}}
      """;
  private static final Map<String, String> JANE =
      Map.of("impersonate-user", "jane", "impersonate-group", "system:masters-of-nothing");

  private final HeldRequests held = new HeldRequests("jane");
  private final Api api =
      new Api(KubeConfig.DEFAULT.withFlow(new FlowLimits(true, 1, 0)), held::before);

  @AfterEach
  void close() {
    held.release();
    api.close();
  }

  private void configure() throws InterruptedException {
    letJaneRead(api.settledIn());
    assertThat(api.post(LEVELS, LEVEL).code()).isEqualTo(201);
    assertThat(api.post(SCHEMAS, SCHEMA.formatted("janes", "narrow")).code()).isEqualTo(201);
    api.untilSaid(explained("jane"), "matched     janes");
  }

  private static void letJaneRead(Api api) throws InterruptedException {
    api.post(
        "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
        """
        {"metadata":{"name":"jane"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"view"},
        "subjects":[{"kind":"User","apiGroup":"rbac.authorization.k8s.io","name":"jane"}]}
        """);
  }

  private static String explained(String user) {
    return DEBUG + "explain?user=" + user + "&verb=create&path=" + MAPS;
  }

  private FakeExchange asJane(String id) {
    Map<String, String> headers = new HashMap<>(JANE);
    headers.put("audit-id", id);
    return api.start("GET", MAPS + "?limit=1", new byte[0], headers);
  }

  private void untilWaiting(int count) throws InterruptedException {
    api.untilSaid(
        "/metrics",
        "apiserver_flowcontrol_current_inqueue_requests{flow_schema=\"janes\",priority_level=\"narrow\"} %d\n"
            .formatted(count));
  }

  @Test
  void oneIsExecutedTwoWaitAndTheFourthIsTurnedAway() throws InterruptedException {
    configure();
    List<FakeExchange> sent = new ArrayList<>();
    sent.add(asJane("first"));
    assertThat(held.entered().poll(SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo("first");
    sent.add(asJane("second"));
    untilWaiting(1);
    sent.add(asJane("third"));
    untilWaiting(2);
    FakeExchange refused = asJane("fourth");

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.text()).isEqualTo("Too many requests, please try again later.\n");
    assertThat(refused.answerHeaders("retry-after")).containsExactly("1");
    assertThat(refused.answerHeaders("content-type")).containsExactly("text/plain; charset=utf-8");
    assertThat(refused.answerHeaders("x-content-type-options")).containsExactly("nosniff");
    assertThat(held.inside()).hasValue(1);

    held.release();
    for (FakeExchange exchange : sent) {
      assertThat(exchange.status()).isEqualTo(200);
    }
    assertThat(held.entered()).containsExactly("second", "third");
    untilWaiting(0);
  }

  @Test
  void theAnswerNamesTheSchemaAndTheLevelByTheirUids() throws InterruptedException {
    configure();
    held.release();
    FakeExchange answer = asJane("one");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.answerHeaders("x-kubernetes-pf-flowschema-uid"))
        .containsExactly(api.get(SCHEMAS + "/janes").metadata().text("uid"));
    assertThat(answer.answerHeaders("x-kubernetes-pf-prioritylevel-uid"))
        .containsExactly(api.get(LEVELS + "/narrow").metadata().text("uid"));
    Answer small = api.get(LEVELS + "/narrow");
    assertThat(small.exchange().answerHeaders("x-kubernetes-pf-prioritylevel-uid"))
        .containsExactly(api.get(LEVELS + "/exempt").metadata().text("uid"));
  }

  @Test
  void whoGoesAwayWhileWaitingLeavesTheirPlaceToOthers() throws InterruptedException {
    configure();
    FakeExchange first = asJane("first");
    assertThat(held.entered().poll(SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo("first");
    FakeExchange second = asJane("second");
    untilWaiting(1);
    FakeExchange third = asJane("third");
    untilWaiting(2);
    second.abort();
    untilWaiting(1);
    FakeExchange fourth = asJane("fourth");
    untilWaiting(2);

    held.release();
    for (FakeExchange exchange : List.of(first, third, fourth)) {
      assertThat(exchange.status()).isEqualTo(200);
    }
    assertThat(held.entered()).containsExactly("third", "fourth");
  }

  @Test
  void whoGoesAwayWhileExecutedGivesTheSeatBack() throws InterruptedException {
    configure();
    FakeExchange first = asJane("first");
    assertThat(held.entered().poll(SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo("first");
    asJane("second");
    untilWaiting(1);
    first.abort();

    assertThat(held.entered().poll(SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo("second");
  }

  @Test
  void whoNamesAShortTimeWaitsAQuarterOfIt() throws InterruptedException {
    configure();
    asJane("first");
    assertThat(held.entered().poll(SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo("first");
    FakeExchange second = api.start("GET", MAPS + "?limit=1&timeout=40ms", new byte[0], JANE);

    assertThat(second.status()).isEqualTo(429);
    api.untilSaid(
        "/metrics",
        "apiserver_flowcontrol_rejected_requests_total{flow_schema=\"janes\",priority_level=\"narrow\",reason=\"time-out\"} 1\n");
  }

  @Test
  void aTimeThatIsNoneIsRefused() throws InterruptedException {
    Answer refused = api.get(MAPS + "?timeout=soon");

    assertThat(refused.code()).isEqualTo(400);
    assertThat(refused.message())
        .isEqualTo(
            "invalid timeout specified in the request URL - time: invalid duration \"soon\"");
  }

  @Test
  void aWatchKeepsItsSeatNoLongerThanItTakesToBegin() throws InterruptedException {
    configure();
    held.release();
    FakeExchange watch = api.start("GET", MAPS + "?watch=true", new byte[0], JANE);
    assertThat(watch.status()).isEqualTo(200);

    assertThat(asJane("list").status()).isEqualTo(200);
    assertThat(watch.isEnded()).isFalse();
    watch.abort();
  }

  @Test
  void othersAreNotHeldUp() throws InterruptedException {
    configure();
    asJane("first");
    assertThat(held.entered().poll(SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo("first");
    asJane("second");
    untilWaiting(1);
    FakeExchange other =
        api.start("GET", MAPS + "?limit=1", new byte[0], Map.of("impersonate-user", "joe"));

    assertThat(other.status()).isEqualTo(403);
    assertThat(api.get(MAPS + "?limit=1").code()).isEqualTo(200);
  }

  @Test
  void aSchemaWithoutItsLevelIsPassedOverAndSaysSo() throws InterruptedException {
    configure();
    String other = SCHEMA.formatted("earlier", "nowhere").replace("500", "400");
    assertThat(api.post(SCHEMAS, other).code()).isEqualTo(201);

    api.untilSaid(SCHEMAS + "/earlier", "but there is no such object");
    api.untilSaid(explained("jane"), "matched     janes");
  }

  @Test
  void aLevelThatIsDeletedServesWhatIsInItToTheEnd() throws InterruptedException {
    configure();
    FakeExchange first = asJane("first");
    assertThat(held.entered().poll(SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo("first");
    FakeExchange second = asJane("second");
    untilWaiting(1);
    api.delete(LEVELS + "/narrow");
    api.untilSaid(explained("jane"), "matched     global-default");
    assertThat(api.untilSaid(DEBUG + "dump_priority_levels", "narrow,"))
        .containsPattern("narrow, +1, +false, +true, +1, +1,");

    held.release();
    assertThat(first.status()).isEqualTo(200);
    assertThat(second.status()).isEqualTo(200);
  }

  @Test
  void theDumpsShowWhoWaitsWhere() throws InterruptedException {
    configure();
    asJane("first");
    assertThat(held.entered().poll(SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo("first");
    asJane("second");
    untilWaiting(1);

    assertThat(api.get(DEBUG + "dump_queues").exchange().text())
        .startsWith("PriorityLevelName, Index,  PendingRequests, ExecutingRequests, SeatsInUse, ")
        .containsPattern("narrow, +0, +1, +1, +1, +\\d+\\.\\d{8}ss, +1, +1, +0.00300000ss\n");
    assertThat(api.get(DEBUG + "dump_requests?includeRequestDetails=1").exchange().text())
        .containsPattern(
            "narrow, +janes, +0, +0, +, +\\S+, +1, +0, +0s, +0001-01-01T00:00:00Z, +jane, +list, +"
                + MAPS)
        .containsPattern("narrow, +janes, +0, +-1, +,");
    assertThat(api.get(explained("jane")).exchange().text())
        .contains("1 of 1 seats in use", "waits in queue 0", "1 of janes jane");
  }

  @Test
  void theExplanationSaysWhoWaitsBehindWhomAndHowLongOthersOfTheFlowWaited()
      throws InterruptedException {
    configure();
    assertThat(api.get(explained("jane")).exchange().text())
        .contains("waited      no request has waited here yet\n");
    asJane("first");
    assertThat(held.entered().poll(SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo("first");
    asJane("second");
    untilWaiting(1);
    asJane("third");
    untilWaiting(2);
    assertThat(api.get(explained("jane")).exchange().text())
        .containsPattern("queue 0     2 wait, the first for \\d+ ms: 2 of janes jane\n")
        .containsPattern("of this flow: waits for \\d+ ms behind nobody\n")
        .containsPattern("of this flow: waits for \\d+ ms behind 1 of janes jane\n");

    held.release();
    untilWaiting(0);
    String told =
        api.untilSaid(explained("jane"), "of the last 2 requests that waited here, 2 were");
    assertThat(told)
        .containsPattern("2 were of this flow, 2 executed after .* ms, behind 1 others at most\n")
        .doesNotContain("queue 0  ");
  }

  @Test
  void withoutLevelsReadsAndWritesHaveALimitEach() throws InterruptedException {
    try (Api plain =
        new Api(KubeConfig.DEFAULT.withFlow(new FlowLimits(false, 1, 1)), held::before)) {
      letJaneRead(plain.settledIn());
      plain.start("GET", MAPS + "?limit=1", new byte[0], JANE);
      assertThat(held.entered().poll(SECONDS_MAX, TimeUnit.SECONDS)).isNotNull();
      FakeExchange second = plain.start("GET", MAPS + "?limit=1", new byte[0], JANE);
      assertThat(second.status()).isEqualTo(429);
      assertThat(second.answerHeaders("retry-after")).containsExactly("1");
      assertThat(second.answerHeaders("x-kubernetes-pf-flowschema-uid")).isEmpty();
      assertThat(plain.get(MAPS + "?limit=1").code()).as("the admin").isEqualTo(200);
      FakeExchange write = plain.start("DELETE", MAPS + "/a", new byte[0], JANE);
      assertThat(write.status()).as("what reads do not hold up").isEqualTo(403);
      assertThat(plain.get(DEBUG + "dump_queues").code()).isEqualTo(404);
      held.release();
    }
  }

  @Test
  void aRequestThatTakesLongerThanItsTimeIsAnsweredInPlaceOfItsHandler()
      throws InterruptedException {
    configure();
    FakeExchange late = api.start("GET", MAPS + "?limit=1&timeout=1ms", new byte[0], JANE);
    assertThat(late.status()).isEqualTo(504);
    assertThat(late.text())
        .isEqualTo(
            "{\"metadata\":{},\"status\":\"Failure\",\"message\":\"Timeout: request did not complete within the allotted timeout\",\"reason\":\"Timeout\",\"details\":{},\"code\":504}\n");
    assertThat(late.answerHeaders("content-type")).containsExactly("text/plain; charset=utf-8");
    assertThat(late.answerHeaders("x-kubernetes-pf-flowschema-uid"))
        .as("what the stages behind the deadline say of it")
        .isEmpty();
  }

  @Test
  void whatTheExplanationNeedsIsSaid() throws InterruptedException {
    assertThat(api.get(DEBUG + "explain?user=jane&verb=get").code()).isEqualTo(400);
    assertThat(api.get(DEBUG + "explain?user=jane&verb=get").exchange().text())
        .startsWith("explain: no path (expected: ?user=NAME&verb=VERB&path=PATH");
  }
}
