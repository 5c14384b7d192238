package dev.pintle.compat.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.KubeClient.Answer;
import dev.pintle.compat.harness.RealKube;
import dev.pintle.compat.harness.RunningEtcd;
import dev.pintle.compat.harness.RunningPintle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same story on Pintle and on the real server, both with a seat or two for each level: who is executed, who waits, who is turned away
/// with which words, and what the dumps and metrics say of it.
final class PriorityAndFairnessTwinIT {
  private static final String FLOW = "/apis/flowcontrol.apiserver.k8s.io/v1/";
  private static final String DEBUG = "/debug/api_priority_and_fairness/";
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String[] NARROW = {
    "--max-requests-inflight=10", "--max-mutating-requests-inflight=1"
  };
  private static final String IN_QUEUE =
      "apiserver_current_inqueue_requests{request_kind=\"readOnly\"} 1\n";
  private static final int SECONDS_MAX = 60;

  @TempDir private Path folder;

  @Test
  void theStoryIsToldAlike() throws Exception {
    List<String> ours;
    List<String> theirs;
    try (RunningPintle pintle =
            RunningPintle.alone(
                folder.resolve("ours"),
                "--etcd",
                "off",
                "--kube",
                "127.0.0.1:0",
                NARROW[0],
                NARROW[1]);
        KubeClient client = KubeClient.of(pintle)) {
      ours = story(client);
    }
    try (RunningEtcd etcd = RunningEtcd.start(Files.createDirectory(folder.resolve("etcd")));
        RealKube real = RealKube.over(etcd.url(), folder.resolve("theirs"), NARROW)) {
      theirs = story(real.client());
    }
    assertThat(ours).containsExactlyElementsOf(theirs);
  }

  private static List<String> story(KubeClient admin) throws Exception {
    List<String> told = new ArrayList<>();
    make(admin, "rejecting", "bob", "{\"type\":\"Reject\"}");
    make(
        admin,
        "queuing",
        "eve",
        "{\"type\":\"Queue\",\"queuing\":{\"queues\":1,\"handSize\":1,\"queueLengthLimit\":1}}");
    try (Held bob = Held.by(admin, "bob", "held-bob");
        Held eve = Held.by(admin, "eve", "held-eve")) {
      until(admin, DEBUG + "dump_requests", text -> count(text, "rejecting,") == 1);
      until(admin, DEBUG + "dump_requests", text -> count(text, "queuing,") == 1);
      told.add("bob: " + refused(admin, "bob"));
      CompletableFuture<HttpResponse<String>> waiting = admin.later(as(admin, "eve", MAPS));
      until(admin, DEBUG + "dump_requests", text -> count(text, "queuing,") == 2);
      told.add("eve: " + refused(admin, "eve"));
      told.add(rows(admin.get(DEBUG + "dump_priority_levels").text(), "rejecting,", "queuing,"));
      told.add(
          withoutTimes(rows(admin.get(DEBUG + "dump_requests").text(), "rejecting,", "queuing,")));
      told.add(
          rows(
              admin.get("/metrics").text(),
              "apiserver_flowcontrol_nominal_limit_seats{",
              "apiserver_flowcontrol_lower_limit_seats{",
              "apiserver_flowcontrol_upper_limit_seats{",
              "apiserver_flowcontrol_current_inqueue_requests{flow_schema=\"queuing\"",
              "apiserver_flowcontrol_current_executing_seats{flow_schema=\"queuing\"",
              "apiserver_flowcontrol_rejected_requests_total{flow_schema=\"queuing\"",
              "apiserver_flowcontrol_rejected_requests_total{flow_schema=\"rejecting\""));
      until(admin, "/metrics", text -> text.contains(IN_QUEUE));
      told.add("short of time: " + refused(admin, "eve", MAPS + "?timeout=2s"));
      told.add("held: " + eve.release());
      told.add("waited: " + waiting.get(SECONDS_MAX, TimeUnit.SECONDS).statusCode());
      told.add("held: " + bob.release());
    }
    until(admin, DEBUG + "dump_requests", text -> count(text, "queuing,") == 0);
    told.add(
        "again: "
            + admin.later(as(admin, "bob", MAPS)).get(SECONDS_MAX, TimeUnit.SECONDS).statusCode());
    told.addAll(shape(admin.get("/metrics").text()));
    Answer noTime = admin.get(MAPS + "?timeout=1x");
    told.add(noTime.code() + " " + noTime.message());
    return told;
  }

  private static void make(KubeClient admin, String name, String user, String response)
      throws InterruptedException {
    Answer level =
        admin.post(
            FLOW + "prioritylevelconfigurations",
            """
            {"metadata":{"name":"%s"},"spec":{"type":"Limited","limited":{"nominalConcurrencyShares":1,"lendablePercent":0,
            "borrowingLimitPercent":0,"limitResponse":%s}}}
            """
                .formatted(name, response));
    assertThat(level.code()).as(level.text()).isEqualTo(201);
    Answer schema =
        admin.post(
            FLOW + "flowschemas",
            """
            {"metadata":{"name":"%1$s"},"spec":{"matchingPrecedence":50,"distinguisherMethod":{"type":"ByUser"},
            "priorityLevelConfiguration":{"name":"%1$s"},"rules":[{"subjects":[{"kind":"User","user":{"name":"%2$s"}}],
            "resourceRules":[{"verbs":["*"],"apiGroups":["*"],"resources":["*"],"namespaces":["*"],"clusterScope":true}]}]}}
            """
                .formatted(name, user));
    assertThat(schema.code()).as(schema.text()).isEqualTo(201);
    Answer right =
        admin.post(
            "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
            """
            {"metadata":{"name":"%1$s"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"cluster-admin"},
            "subjects":[{"kind":"User","apiGroup":"rbac.authorization.k8s.io","name":"%1$s"}]}
            """
                .formatted(user));
    assertThat(right.code()).as(right.text()).isEqualTo(201);
    until(admin, FLOW + "flowschemas/" + name, text -> text.contains("and it exists"));
  }

  private static HttpRequest.Builder as(KubeClient admin, String user, String path) {
    return admin.request(path).header("Impersonate-User", user);
  }

  private static String refused(KubeClient admin, String user) throws Exception {
    return refused(admin, user, MAPS);
  }

  private static String refused(KubeClient admin, String user, String path) throws Exception {
    HttpResponse<String> answer =
        admin.later(as(admin, user, path)).get(SECONDS_MAX, TimeUnit.SECONDS);
    return answer.statusCode()
        + " "
        + answer.body()
        + List.of("retry-after", "content-type", "x-content-type-options", "cache-control").stream()
            .map(name -> name + "=" + answer.headers().firstValue(name).orElse(""))
            .collect(Collectors.joining(" "))
        + answer
            .headers()
            .firstValue("x-kubernetes-pf-flowschema-uid")
            .map(_ -> " named")
            .orElse("");
  }

  private static void until(KubeClient admin, String path, Predicate<String> condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    String text = admin.get(path).text();
    while (!condition.test(text)) {
      assertThat(System.nanoTime() - deadline).as("%s: %s", path, text).isNegative();
      Thread.onSpinWait();
      text = admin.get(path).text();
    }
  }

  private static long count(String text, String start) {
    return text.lines().filter(line -> line.startsWith(start)).count();
  }

  private static String rows(String text, String... starts) {
    return text.lines()
        .filter(line -> List.of(starts).stream().anyMatch(line::startsWith))
        .map(line -> line.replaceAll(" +", " "))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  /// What metrics there are, by type, stability, labels and limits, of the levels of the story and of all together; without the figures,
  /// which depend on the time.
  private static List<String> shape(String metrics) {
    return metrics
        .lines()
        .filter(line ->
            line.contains("apiserver_flowcontrol_") || line.contains("apiserver_current_inqueue"))
        .filter(line ->
            line.startsWith("#") || line.contains("ing\"") || !line.contains("priority_level"))
        .map(line ->
            line.startsWith("# HELP")
                ? line.replaceAll("(\\[[A-Z]+\\]).*", "$1")
                : line.replaceAll(" [-+.eE0-9]+$", ""))
        .sorted()
        .toList();
  }

  private static String withoutTimes(String text) {
    return text.replaceAll("2\\d{3}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME");
  }

  /// A create whose body does not come until it is released: it keeps its seat.
  private record Held(Socket connection, String body) implements AutoCloseable {
    static Held by(KubeClient admin, String user, String name) throws IOException {
      String body = "{\"metadata\":{\"name\":\"%s\"}}".formatted(name);
      String lines =
          "Impersonate-User: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n"
              .formatted(user, KubeClient.JSON, body.length());
      return new Held(admin.begin("POST", MAPS, lines), body);
    }

    /// @return the first line of the answer
    String release() throws IOException {
      connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
      return answer.readLine();
    }

    @Override
    public void close() {
      try {
        connection.close();
      } catch (IOException e) {
        throw new UncheckedIOException(body, e);
      }
    }
  }
}
