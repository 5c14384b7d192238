package dev.pintle.kube.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kernel.flow.Queuing;
import dev.pintle.kernel.flow.WorkEstimate;
import dev.pintle.kube.flowcontrol.FlowControl.Taken;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonWriter;
import dev.pintle.kube.request.Query;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FlowControlTest {
  private static final UserInfo JANE =
      new UserInfo("jane", "", List.of(UserInfo.AUTHENTICATED), Map.of());
  private static final UserInfo BUILDER =
      new UserInfo("system:serviceaccount:ci:builder", "", UserInfo.accountGroups("ci"), Map.of());

  private final AtomicLong now = new AtomicLong();
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final FlowControl control =
      new FlowControl(new FlowLimits(true, 2, 0), new FlowClock(now::get, timers));
  private final List<String> decided = new ArrayList<>();

  @AfterEach
  void close() {
    timers.shutdownNow();
  }

  private static JsonObject json(String text) {
    return (JsonObject) JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonObject level(String name, String response) {
    return json(
        """
        {"metadata":{"name":"%s","uid":"u-%1$s"},"spec":{"type":"Limited","limited":{"nominalConcurrencyShares":5,
        "lendablePercent":0,"borrowingLimitPercent":0,"limitResponse":%s}}}
        """
            .formatted(name, response));
  }

  private static JsonObject schema(String name, int precedence, String level, String rules) {
    return json(
        """
        {"metadata":{"name":"%s","uid":"u-%1$s"},"spec":{"matchingPrecedence":%d,"distinguisherMethod":{"type":"ByUser"},
        "priorityLevelConfiguration":{"name":"%s"},"rules":[%s]}}
        """
            .formatted(name, precedence, level, rules));
  }

  private static String rule(String subject, String resources) {
    return "{\"subjects\":[%s],%s}".formatted(subject, resources);
  }

  private static final String USER_JANE = "{\"kind\":\"User\",\"user\":{\"name\":\"jane\"}}";
  private static final String ALL_RESOURCES =
      "\"resourceRules\":[{\"verbs\":[\"*\"],\"apiGroups\":[\"*\"],\"resources\":[\"*\"],\"namespaces\":[\"*\"],\"clusterScope\":true}]";

  private static RequestInfo target(String method, String path) {
    return RequestInfo.parse(method, path, Query.EMPTY);
  }

  private FlowTicket offered(UserInfo user, String name) {
    RequestInfo target = target("GET", "/api/v1/namespaces/default/pods");
    FlowTicket ticket =
        new FlowTicket(
            control.classify(user, target),
            WorkEstimate.ONE_SEAT,
            now.get(),
            TimeUnit.SECONDS.toNanos(1),
            target.verb()) {
          @Override
          protected UserInfo user() {
            return user;
          }

          @Override
          protected RequestInfo target() {
            return target;
          }

          @Override
          protected Instant arrived() {
            return Instant.EPOCH;
          }

          @Override
          protected void dispatched() {
            decided.add(name + " dispatched");
          }

          @Override
          protected void timedOut() {
            decided.add(name + " timed out");
          }
        };
    decided.add(name + " " + control.offer(ticket));
    return ticket;
  }

  @Test
  void withoutObjectsTheTwoMandatorySchemasAreInForce() {
    RequestInfo pods = target("GET", "/api/v1/pods");
    UserInfo master = new UserInfo("root", "", List.of(UserInfo.MASTERS), Map.of());
    assertThat(control.classify(master, pods).schema().name()).isEqualTo("exempt");
    assertThat(control.classify(JANE, pods).schema().name()).isEqualTo("catch-all");
    assertThat(control.classify(UserInfo.ANONYMOUS, target("GET", "/healthz")).schema().name())
        .isEqualTo("catch-all");
    UserInfo nobody = new UserInfo("nobody", "", List.of(), Map.of());
    assertThat(control.classify(nobody, pods).schema().name()).isEqualTo("catch-all");
  }

  @Test
  void theFirstByPrecedenceAndThenByNameMatches() {
    String rule = rule(USER_JANE, ALL_RESOURCES);
    control.configure(
        List.of(level("one", "{\"type\":\"Reject\"}")),
        List.of(
            schema("z", 7, "one", rule),
            schema("b", 8, "one", rule),
            schema("a", 8, "one", rule),
            schema("lost", 6, "nowhere", rule)));
    assertThat(control.classify(JANE, target("GET", "/api/v1/pods")).schema().name())
        .isEqualTo("z");
    control.configure(
        List.of(level("one", "{\"type\":\"Reject\"}")),
        List.of(schema("b", 8, "one", rule), schema("a", 8, "one", rule)));
    assertThat(
            control.classify(JANE, target("GET", "/api/v1/pods")).headers(false).namesAndValues())
        .contains("u-a");
    assertThat(control.classify(JANE, target("GET", "/healthz")).schema().name())
        .as("no rule about paths")
        .isEqualTo("catch-all");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/namespaces/ci/pods, true",
    "GET, /api/v1/namespaces/ci/pods/a, true",
    "GET, /api/v1/namespaces/other/pods, false",
    "GET, /api/v1/pods, false",
    "DELETE, /api/v1/namespaces/ci/pods/a, false",
    "GET, /api/v1/namespaces/ci/pods/a/log, false",
    "GET, /api/v1/namespaces/ci/pods/a/status, true",
    "GET, /apis/batch/v1/namespaces/ci/pods, false",
    "GET, /debug/x, true",
    "GET, /debug, false",
    "GET, /debugger, false",
    "POST, /debug/x, false"
  })
  void aRuleMatchesByVerbGroupResourceNamespaceAndPath(
      String method, String path, boolean matches) {
    String rules =
        """
        "resourceRules":[{"verbs":["get","list"],"apiGroups":[""],"resources":["pods","pods/status"],"namespaces":["ci"]}],
        "nonResourceRules":[{"verbs":["get"],"nonResourceURLs":["/debug/*"]}]\
        """;
    String account =
        "{\"kind\":\"ServiceAccount\",\"serviceAccount\":{\"namespace\":\"ci\",\"name\":\"*\"}}";
    control.configure(
        List.of(level("one", "{\"type\":\"Reject\"}")),
        List.of(schema("ci", 8, "one", rule(account, rules))));
    String found = control.classify(BUILDER, target(method, path)).schema().name();
    assertThat(found).isEqualTo(matches ? "ci" : "catch-all");
    assertThat(control.classify(JANE, target(method, path)).schema().name()).isEqualTo("catch-all");
  }

  @Test
  void aFlowHasTheHashThatEveryServerGivesIt() {
    assertThat(FlowHash.of("global-default", "jane")).isEqualTo(6822407026147695384L);
  }

  @Test
  void aLevelThatContradictsItselfIsPassedOver() {
    assertThat(LevelSpec.parse(level("one", "{\"type\":\"Queue\"}"))).isEmpty();
    assertThat(LevelSpec.parse(level("exempt", "{\"type\":\"Reject\"}"))).isEmpty();
    String queues =
        "{\"type\":\"Queue\",\"queuing\":{\"queues\":%d,\"handSize\":6,\"queueLengthLimit\":9}}";
    assertThat(LevelSpec.parse(level("one", queues.formatted(4)))).isEmpty();
    assertThat(LevelSpec.parse(level("one", queues.formatted(64))).orElseThrow().queuing())
        .isEqualTo(new Queuing.Wait(64, 6, 9));
  }

  @Test
  void whoWaitsIsDispatchedWhenASeatIsFree() {
    String queue =
        "{\"type\":\"Queue\",\"queuing\":{\"queues\":1,\"handSize\":1,\"queueLengthLimit\":5}}";
    control.configure(
        List.of(level("one", queue)),
        List.of(schema("janes", 8, "one", rule(USER_JANE, ALL_RESOURCES))));
    FlowTicket first = offered(JANE, "first");
    FlowTicket second = offered(JANE, "second");
    assertThat(control.pass(JANE, target("GET", "/api/v1/namespaces/default/pods/a"))).isNull();
    control.end(first);
    control.end(first);
    assertThat(decided).containsExactly("first EXECUTING", "second WAITING", "second dispatched");
    control.end(second);
    assertThat(control.pass(JANE, target("GET", "/api/v1/namespaces/default/pods/a"))).isNotNull();
  }

  @Test
  void aRequestIsTakenToLastAsLongAsThoseOfItsResourceAndVerbDid() {
    String queue =
        "{\"type\":\"Queue\",\"queuing\":{\"queues\":1,\"handSize\":1,\"queueLengthLimit\":5}}";
    control.configure(
        List.of(level("one", queue)),
        List.of(schema("janes", 8, "one", rule(USER_JANE, ALL_RESOURCES))));
    LearnedTimes times = new LearnedTimes();
    FlowTicket first = offered(JANE, "first");
    first.learn(Objects.requireNonNull(times.of("pods", "", "list")));
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(40));
    control.end(first);
    assertThat(Objects.requireNonNull(times.of("pods", "", "list")).get().nanos())
        .isEqualTo(TimeUnit.MILLISECONDS.toNanos(40));
    assertThat(Objects.requireNonNull(times.of("pods", "", "get")).get().nanos())
        .isEqualTo(TimeUnit.MILLISECONDS.toNanos(3));
    assertThat(Objects.requireNonNull(times.of("pods", "status", "list")).get().nanos())
        .isEqualTo(TimeUnit.MILLISECONDS.toNanos(3));
  }

  @Test
  void kindsOfRequestsBeyondTheFirstManyAreNotLearned() {
    LearnedTimes times = new LearnedTimes();
    for (int i = 0; i < 5_000; i++) {
      assertThat(times.of("r" + i, "", "get")).isNotNull();
    }
    assertThat(times.of("more", "", "get")).isNull();
    assertThat(times.of("r0", "", "get")).isNotNull();
  }

  @Test
  void whoWaitedTooLongIsToldWithTheNextEvent() {
    String queue =
        "{\"type\":\"Queue\",\"queuing\":{\"queues\":1,\"handSize\":1,\"queueLengthLimit\":5}}";
    control.configure(
        List.of(level("one", queue)),
        List.of(schema("janes", 8, "one", rule(USER_JANE, ALL_RESOURCES))));
    FlowTicket first = offered(JANE, "first");
    FlowTicket second = offered(JANE, "second");
    now.addAndGet(TimeUnit.SECONDS.toNanos(2));
    control.end(second);
    assertThat(decided).endsWith("second timed out");
    control.end(first);
    assertThat(decided).doesNotContain("second dispatched");
    assertThat(control.metrics())
        .contains(
            "apiserver_flowcontrol_rejected_requests_total{flow_schema=\"janes\",priority_level=\"one\",reason=\"time-out\"} 1\n")
        .contains(
            "apiserver_flowcontrol_current_inqueue_requests{flow_schema=\"janes\",priority_level=\"one\"} 0\n");
  }

  @Test
  void whatWasCountedForASchemaThatIsGoneIsForgotten() {
    JsonObject level = level("one", "{\"type\":\"Reject\"}");
    control.configure(
        List.of(level), List.of(schema("gone", 8, "one", rule(USER_JANE, ALL_RESOURCES))));
    FlowTicket held = offered(JANE, "held");
    control.configure(List.of(level), List.of());
    assertThat(control.metrics()).contains("flow_schema=\"gone\"");
    control.end(held);
    control.configure(List.of(level), List.of());
    assertThat(control.metrics()).doesNotContain("flow_schema=\"gone\"");
  }

  @Test
  void aLevelWithoutSeatsTurnsAwayAndItsClientsComeLater() {
    control.configure(
        List.of(level("one", "{\"type\":\"Reject\"}")),
        List.of(schema("janes", 8, "one", rule(USER_JANE, ALL_RESOURCES))));
    offered(JANE, "first");
    for (int second = 0; second < 5; second++) {
      for (int i = 0; i < 20; i++) {
        offered(JANE, "more");
      }
      now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    }
    assertThat(decided).contains("more " + Taken.REJECTED);
    assertThat(
            control.retryAfterSeconds(
                control.classify(JANE, target("GET", "/api/v1/namespaces/default/pods"))))
        .isGreaterThan(1);
  }

  @Test
  void limitsThatLeaveNoSeatAreRefused() {
    assertThatThrownBy(() -> new FlowLimits(true, 0, 0)).hasMessageContaining("at least 1");
    assertThat(new FlowLimits(false, 0, 0).fair()).isFalse();
    assertThatThrownBy(() -> new FlowLimits(false, -1, 0)).hasMessageContaining("not negative");
  }

  @Test
  void requestsOfOneUserShareTheirClassUntilOtherObjectsAreInForce() {
    String rule = rule(USER_JANE, ALL_RESOURCES);
    List<JsonObject> levels = List.of(level("one", "{\"type\":\"Reject\"}"));
    control.configure(levels, List.of(schema("a", 8, "one", rule)));
    Classification first = control.classify(JANE, target("GET", "/api/v1/pods"));
    assertThat(control.classify(JANE, target("PUT", "/api/v1/nodes/a"))).isSameAs(first);
    UserInfo again = new UserInfo("jane", "other", List.of(UserInfo.AUTHENTICATED), Map.of());
    assertThat(control.classify(again, target("GET", "/api/v1/pods")))
        .as("by her name, too")
        .isSameAs(first);
    control.configure(levels, List.of(schema("b", 8, "one", rule)));
    assertThat(control.classify(JANE, target("GET", "/api/v1/pods")).schema().name())
        .isEqualTo("b");
  }

  @Test
  void whereFlowsArePartedByNamespaceEachIsTheSameEveryTime() {
    String rule = rule(USER_JANE, ALL_RESOURCES);
    JsonObject parted =
        json(JsonWriter.text(schema("a", 8, "one", rule)).replace("\"ByUser\"", "\"ByNamespace\""));
    control.configure(List.of(level("one", "{\"type\":\"Reject\"}")), List.of(parted));
    String longName = "n".repeat(10_000);
    List<Classification> found = new ArrayList<>();
    for (String namespace : List.of("x", "y", longName, "x", "y", longName)) {
      found.add(control.classify(JANE, target("GET", "/api/v1/namespaces/" + namespace + "/pods")));
    }
    assertThat(found.stream().map(Classification::hash).distinct()).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(found.get(i).hash()).isEqualTo(found.get(i + 3).hash());
      assertThat(found.get(i).headers(false)).isSameAs(found.getFirst().headers(false));
    }
    assertThat(found.get(2).hash()).isEqualTo(FlowHash.of("a", longName));
  }

  @Test
  void aUserWithALotToTellIsFoundAnewEveryTime() {
    UserInfo talkative =
        new UserInfo("jane", "", List.of("g".repeat(5_000), UserInfo.AUTHENTICATED), Map.of());
    RequestInfo pods = target("GET", "/api/v1/pods");
    assertThat(control.classify(talkative, pods)).isNotSameAs(control.classify(talkative, pods));
    assertThat(control.pass(talkative, pods)).as("not where others would have to wait").isNull();
    control.classify(JANE, pods);
    assertThat(control.pass(JANE, pods)).isNotNull();
  }
}
