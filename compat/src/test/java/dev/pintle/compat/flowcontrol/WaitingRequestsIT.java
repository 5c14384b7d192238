package dev.pintle.compat.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.bench.client.ServerAddress;
import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.harness.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Five thousand requests that wait at a level without seats: how little each holds, and that nothing of them is left, however they end.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WaitingRequestsIT {
  private static final int CONNECTIONS = 50;
  private static final int STREAMS = 100;
  private static final int WAITING = CONNECTIONS * STREAMS;

  /// Of heap, of one request: its stream, its head, and its place in a queue.
  private static final long BYTES_MAX = 560;

  /// What a request may leave behind: counters, and tables that have grown.
  private static final long LEFT_BYTES_MAX = 60;

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String FLOW = "/apis/flowcontrol.apiserver.k8s.io/v1/";
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String LEVEL =
      """
      {"metadata":{"name":"shut"},"spec":{"type":"Limited","limited":{"nominalConcurrencyShares":0,"lendablePercent":0,
      "borrowingLimitPercent":0,"limitResponse":{"type":"Queue","queuing":{"queues":64,"handSize":8,"queueLengthLimit":10000}}}}}
      """;
  private static final String SCHEMA =
      """
      {"metadata":{"name":"waiters"},"spec":{"matchingPrecedence":5,"distinguisherMethod":{"type":"ByUser"},
      "priorityLevelConfiguration":{"name":"shut"},"rules":[{"subjects":[{"kind":"ServiceAccount","serviceAccount":
      {"namespace":"default","name":"default"}}],"resourceRules":[{"verbs":["*"],"apiGroups":["*"],"resources":["*"],
      "namespaces":["*"],"clusterScope":true}]}]}}
      """;
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
  private static final String LABELS = "{flow_schema=\"waiters\",priority_level=\"shut\"} ";
  private static final String TIMED_OUT =
      "apiserver_flowcontrol_rejected_requests_total{flow_schema=\"waiters\",priority_level=\"shut\",reason=\"time-out\"} ";

  private RunningPintle pintle;
  private KubeClient admin;
  private String token;
  private final List<WaitingStreams> connections = new ArrayList<>();

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    pintle =
        RunningPintle.up(
            folder.resolve("data"),
            "--memory",
            "--etcd=off",
            "--kube=127.0.0.1:0",
            "--controllers=serviceaccount-controller",
            "--request-timeout=4m");
    admin = KubeClient.of(pintle);
    assertThat(admin.post(FLOW + "prioritylevelconfigurations", LEVEL).code()).isEqualTo(201);
    assertThat(admin.post(FLOW + "flowschemas", SCHEMA).code()).isEqualTo(201);
    token =
        pintle
            .child()
            .await("a token of the service account", SOON, this::issued)
            .json()
            .at("/status/token")
            .asString();
    pintle
        .child()
        .await(
            "the schema in force",
            SOON,
            () ->
                Optional.of(admin.get("/debug/api_priority_and_fairness/dump_priority_levels"))
                    .filter(dump -> dump.text().contains("shut,")));
    // So that classes are loaded and tables have grown before anything is measured.
    open(PODS, STREAMS);
    untilWaiting(WAITING);
    cut();
    untilWaiting(0);
  }

  private Optional<KubeClient.Answer> issued() {
    return Optional.of(
            admin.post(
                "/api/v1/namespaces/default/serviceaccounts/default/token",
                "{\"spec\":{\"expirationSeconds\":3600}}"))
        .filter(answer -> answer.code() == 201);
  }

  @AfterAll
  void stop() {
    admin.close();
    pintle.close();
  }

  @AfterEach
  void cut() {
    connections.forEach(WaitingStreams::close);
    connections.clear();
  }

  private void open(String path, int streams) throws IOException {
    ServerAddress server = ServerAddress.of(pintle.kube());
    for (int i = 0; i < CONNECTIONS; i++) {
      WaitingStreams opened = new WaitingStreams(server, token, path);
      connections.add(opened);
      opened.ask(streams);
    }
  }

  private void untilWaiting(int count) {
    String told = "apiserver_flowcontrol_current_inqueue_requests" + LABELS + count + "\n";
    untilSaid(told);
  }

  private void untilSaid(String metric) {
    pintle
        .child()
        .await(
            metric,
            SOON,
            () -> Optional.of(admin.get("/metrics")).filter(all -> all.text().contains(metric)));
  }

  /// Of what lives, garbage aside.
  private long heapBytes() {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    String pid = Long.toString(pintle.child().pid());
    Tool.Result result = Tool.of(jcmd, pid, "GC.class_histogram").run();
    Matcher total = TOTAL.matcher(result.out());
    assertThat(total.find()).as(result.err() + result.out()).isTrue();
    return Long.parseLong(total.group(1));
  }

  /// Connections are closed beside what a test does.
  private void untilNothingIsLeft(long bytesBefore) {
    pintle
        .child()
        .await(
            "the memory of the requests",
            SOON,
            () ->
                Optional.of(heapBytes())
                    .filter(bytes -> bytes - bytesBefore < WAITING * LEFT_BYTES_MAX));
  }

  @Test
  void oneThatWaitsHoldsAFewHundredBytes() throws IOException {
    open(PODS + "?limit=500", 1);
    untilWaiting(CONNECTIONS);
    long before = heapBytes();
    for (WaitingStreams each : connections) {
      each.ask(STREAMS - 1);
    }
    untilWaiting(WAITING);
    long bytes = (heapBytes() - before) / (WAITING - CONNECTIONS);
    System.err.println("waiting: " + bytes + " bytes of heap a request");
    assertThat(bytes).isLessThan(BYTES_MAX);
  }

  @Test
  void ofThoseThatAreResetNothingIsLeft() throws IOException {
    open(PODS, 1);
    untilWaiting(CONNECTIONS);
    long before = heapBytes();
    for (WaitingStreams each : connections) {
      each.ask(STREAMS - 1);
    }
    untilWaiting(WAITING);
    for (WaitingStreams each : connections) {
      each.cancel();
    }
    untilWaiting(0);
    untilNothingIsLeft(before);
    // None was ever executed, so that nothing is told of those that are.
    assertThat(admin.get("/metrics").text())
        .doesNotContain("apiserver_flowcontrol_current_executing_requests" + LABELS);
  }

  @Test
  void ofThoseWhoseConnectionsEndNothingIsLeft() throws IOException {
    long before = heapBytes();
    open(PODS, STREAMS);
    untilWaiting(WAITING);
    cut();
    untilWaiting(0);
    untilNothingIsLeft(before);
  }

  @Test
  void ofThoseThatWaitedTooLongNothingIsLeftOnceTheyAreAnswered() throws IOException {
    long before = heapBytes();
    open(PODS + "?timeout=8s", STREAMS);
    pintle
        .child()
        .await(
            "an answer to each",
            SOON,
            () ->
                Optional.of(connections.stream().mapToInt(WaitingStreams::answers).sum())
                    .filter(answers -> answers == WAITING));
    untilWaiting(0);
    assertThat(admin.get("/metrics").text()).contains(TIMED_OUT);
    cut();
    untilNothingIsLeft(before);
  }

  @Test
  void ofWatchesThatWaitNothingIsLeft() throws IOException {
    long before = heapBytes();
    open(PODS + "?watch=true", STREAMS);
    untilWaiting(WAITING);
    cut();
    untilWaiting(0);
    untilNothingIsLeft(before);
    assertThat(admin.get("/metrics").text())
        .doesNotContainPattern("apiserver_longrunning_requests\\{[^}]*pods[^}]*\\} [1-9]");
  }
}
