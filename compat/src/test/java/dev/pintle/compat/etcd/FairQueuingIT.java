package dev.pintle.compat.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.pintle.compat.harness.Child;
import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.PemTls;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.harness.Tool;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients at a store where one of them asks for far more than there is to be had.
class FairQueuingIT {
  private static final String TOO_MANY = "etcdserver: too many requests";
  private static final int SECONDS_MAX = 60;

  /// A flood takes nearly all of the seats, not each one at each moment.
  private static final int ATTEMPTS_MAX = 100;

  private static final String PLAN =
      """
      {"waitSeconds": 60,
       "levels": [
         {"name": "shared", "seats": 2, "queues": 16, "handSize": 2, "queueLength": 10},
         {"name": "strict", "seats": 1, "queues": 0}],
       "rules": [
         {"name": "filling", "level": "exempt", "methods": ["Put", "LeaseGrant"]},
         {"name": "apps", "level": "shared", "prefixes": ["/elephant/", "/mouse/"], "flowBy": ["prefix"]},
         {"name": "rest", "level": "strict"}]}
      """;

  @TempDir private Path data;

  private RunningPintle queuing(String plan, String... flags) throws Exception {
    Path file = Files.writeString(data.resolve("plan.json"), plan);
    String[] all = new String[flags.length + 1];
    System.arraycopy(flags, 0, all, 0, flags.length);
    all[flags.length] = "--fair-queuing=" + file;
    return RunningPintle.etcdOnly(data.resolve("pintle"), all);
  }

  private static ByteSequence text(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  private static <T> T within(CompletableFuture<T> future) throws Exception {
    return future.get(SECONDS_MAX, TimeUnit.SECONDS);
  }

  private static HttpResponse<String> get(String url) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  /// Of a metric's lines those with a value above zero.
  private static List<String> figures(RunningPintle pintle, String name) throws Exception {
    return get(pintle.etcd() + "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("pintle_etcd_flow_" + name + "{"))
        .filter(line -> !line.endsWith(" 0"))
        .toList();
  }

  @Test
  void aMouseIsServedWhileAnElephantOfItsLevelIsTurnedAway() throws Exception {
    try (RunningPintle pintle = queuing(PLAN);
        ElephantFlood flood = new ElephantFlood(pintle.etcd(), "/elephant/").begin();
        Client mouse = Client.builder().endpoints(pintle.etcd()).build()) {
      Etcdctl etcdctl = Etcdctl.at(pintle.etcd());
      within(mouse.getKVClient().put(text("/mouse/a"), text("1")));
      for (int i = 0; i < 50; i++) {
        assertThat(within(mouse.getKVClient().get(text("/mouse/a"))).getCount()).isEqualTo(1);
      }
      assertThat(etcdctl.out("get", "/mouse/a")).isEqualTo("/mouse/a\n1\n");
      assertThat(flood.refusals()).containsExactly("RESOURCE_EXHAUSTED " + TOO_MANY);
      assertThat(figures(pintle, "rejected_total"))
          .singleElement()
          .asString()
          .startsWith(
              "pintle_etcd_flow_rejected_total{level=\"shared\",rule=\"apps\",reason=\"queue-full\"} ");
      assertThat(get(pintle.etcd() + "/debug/fair_queuing").body())
          .contains("LEVEL", "shared", "apps");
    }
  }

  @Test
  void everyRoadIsToldInEtcdsWordsAndALeaseLivesOn() throws Exception {
    try (RunningPintle pintle = queuing(PLAN);
        ElephantFlood flood = new ElephantFlood(pintle.etcd(), "/reports/").begin();
        Client client = Client.builder().endpoints(pintle.etcd()).build()) {
      Etcdctl etcdctl = Etcdctl.at(pintle.etcd());
      long lease = within(client.getLeaseClient().grant(SECONDS_MAX)).getID();
      assertThat(refusal(() -> etcdctl.run("get", "/reports/1").err())).contains(TOO_MANY);
      assertThat(refusal(() -> etcdctl.run("del", "/reports/none").err())).contains(TOO_MANY);
      String txn = "\nget /reports/1\n\n\n";
      assertThat(refusal(() -> etcdctl.feed(txn, "txn").err())).contains(TOO_MANY);
      assertThat(refusal(() -> watch(pintle))).contains(TOO_MANY);
      assertThat(refusal(() -> etcdctl.run("compaction", "1").err())).contains(TOO_MANY);
      gatewayRefuses(pintle);
      for (int i = 0; i < 20; i++) {
        assertThat(within(client.getLeaseClient().keepAliveOnce(lease)).getTTL())
            .isEqualTo(SECONDS_MAX);
      }
      assertThat(etcdctl.out("endpoint", "status")).contains("3.7");
      assertThat(flood.served()).isPositive();
    }
  }

  /// What is said by the first attempt that finds no seat.
  private static String refusal(Supplier<String> attempt) {
    String said = "";
    for (int i = 0; i < ATTEMPTS_MAX && !said.contains(TOO_MANY); i++) {
      said = attempt.get();
    }
    return said;
  }

  /// A watcher of the past: why it is refused, or nothing. Asked for without a client that puts the reason in words of its own.
  private static String watch(RunningPintle pintle) {
    URI uri = URI.create(pintle.etcd());
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(uri.getHost(), uri.getPort()).usePlaintext().build();
    try {
      CompletableFuture<String> told = new CompletableFuture<>();
      WatchGrpc.newStub(channel)
          .watch(
              new StreamObserver<>() {
                @Override
                public void onNext(WatchResponse answer) {
                  told.complete(answer.getCancelReason());
                }

                @Override
                public void onError(Throwable why) {
                  told.complete(String.valueOf(why));
                }

                @Override
                public void onCompleted() {}
              })
          .onNext(
              WatchRequest.newBuilder()
                  .setCreateRequest(
                      WatchCreateRequest.newBuilder()
                          .setKey(ByteString.copyFromUtf8("/reports/1"))
                          .setStartRevision(1))
                  .build());
      return told.orTimeout(SECONDS_MAX, TimeUnit.SECONDS).join();
    } finally {
      channel.shutdownNow();
    }
  }

  private static void gatewayRefuses(RunningPintle pintle) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(pintle.etcd() + "/v3/kv/range"))
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString("{\"key\": \"L3JlcG9ydHMvMQ==\"}"))
              .build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      for (int i = 0; i < ATTEMPTS_MAX && answer.statusCode() == 200; i++) {
        answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      }
      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.body()).contains(TOO_MANY);
      assertThat(answer.headers().firstValueAsLong("retry-after")).isPresent();
    }
  }

  @Test
  void aClientIsKnownByItsCertificate() throws Exception {
    RunningPintle maker = RunningPintle.closed(data.resolve("maker"));
    maker.close();
    Path pki = data.resolve("maker/pki/etcd");
    Path certificate = pki.resolve("client.crt");
    X509Certificate shown = (X509Certificate) PemTls.certificates(certificate).iterator().next();
    String name = shown.getSubjectX500Principal().getName();
    String user = name.substring(name.indexOf("CN=") + 3).split(",", 2)[0];
    String plan =
        """
        {"rules": [{"name": "others", "level": "exempt", "users": ["", "%s-not"]},
                   {"name": "known", "level": "exempt", "users": ["%s"]}]}
        """
            .formatted(user, user);
    try (RunningPintle pintle =
        queuing(
            plan,
            "--listen-client-urls=https://127.0.0.1:0",
            "--cert-file=" + pki.resolve("server.crt"),
            "--key-file=" + pki.resolve("server.key"),
            "--trusted-ca-file=" + pki.resolve("ca.crt"))) {
      Tool.Result put =
          Tool.of(Peers.require("etcdctl"), "--endpoints", pintle.etcd(), "put", "a", "b")
              .with("ETCDCTL_CACERT", pki.resolve("ca.crt").toString())
              .with("ETCDCTL_CERT", certificate.toString())
              .with("ETCDCTL_KEY", pki.resolve("client.key").toString())
              .run();
      assertThat(put.out()).as(put.err()).isEqualTo("OK\n");
      try (HttpClient client =
          HttpClient.newBuilder()
              .sslContext(PemTls.of(pki.resolve("ca.crt"), certificate, pki.resolve("client.key")))
              .build()) {
        HttpRequest metrics =
            HttpRequest.newBuilder(URI.create(pintle.etcd() + "/metrics")).build();
        assertThat(client.send(metrics, HttpResponse.BodyHandlers.ofString()).body())
            .contains(
                "pintle_etcd_flow_dispatched_total{level=\"exempt\",rule=\"known\"} 1\n",
                "pintle_etcd_flow_dispatched_total{level=\"exempt\",rule=\"others\"} 0\n");
      }
    }
  }

  @Test
  void theUsualPlanServesEverybody() throws Exception {
    try (RunningPintle pintle =
        RunningPintle.etcdOnly(data.resolve("pintle"), "--fair-queuing=on")) {
      Etcdctl etcdctl = Etcdctl.at(pintle.etcd());
      assertThat(etcdctl.out("put", "a", "b")).isEqualTo("OK\n");
      assertThat(etcdctl.out("get", "a")).isEqualTo("a\nb\n");
      assertThat(etcdctl.out("lease", "grant", "60")).contains("granted with TTL(60s)");
      assertThat(figures(pintle, "dispatched_total"))
          .containsExactly(
              "pintle_etcd_flow_dispatched_total{level=\"upkeep\",rule=\"upkeep\"} 1",
              "pintle_etcd_flow_dispatched_total{level=\"workload\",rule=\"workload\"} 2");
    }
  }

  @Test
  void nothingIsShownOfWhatIsOff() throws Exception {
    try (RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"))) {
      assertThat(get(pintle.etcd() + "/debug/fair_queuing").statusCode()).isEqualTo(404);
      assertThat(get(pintle.etcd() + "/metrics").body()).doesNotContain("pintle_etcd_flow_");
    }
  }

  @Test
  void aBadPlanEndsTheStart() throws Exception {
    Path file =
        Files.writeString(
            data.resolve("plan.json"),
            "{\"levels\": [{\"name\": \"a\", \"seats\": 1, \"queues\": 4, \"handSize\": 6}]}");
    for (String command : List.of("etcd --fair-queuing", "up --etcd-fair-queuing")) {
      String[] words = command.split(" ", -1);
      try (Child child = RunningPintle.start(data, List.of(words[0], words[1], file.toString()))) {
        assertThat(child.awaitExit(Duration.ofSeconds(SECONDS_MAX))).as(child.log()).isEqualTo(2);
        assertThat(child.log())
            .contains(
                "%s %s: levels[0].handSize: 6 (expected: 1 to 4); see ./pintle %s --help"
                    .formatted(words[1], file, words[0]))
            .hasLineCount(1);
      }
    }
  }
}
