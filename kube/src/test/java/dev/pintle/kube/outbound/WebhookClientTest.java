package dev.pintle.kube.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.outbound.HookServer.Behaviour;
import dev.pintle.kube.outbound.WebhookClient.CallTime;
import dev.pintle.kube.schema.BuiltInTypes;
import dev.pintle.kube.schema.GroupVersion;
import dev.pintle.kube.schema.ResourceType;
import dev.pintle.kube.store.ObjectReader;
import dev.pintle.kube.store.ObjectView;
import dev.pintle.kube.store.SameVersionOnly;
import dev.pintle.kube.worker.FairExecutor;
import dev.pintle.member.local.LocalMember;
import dev.pintle.member.local.Settings;
import dev.pintle.storage.memory.MemoryKv;
import dev.pintle.wire.worker.FairLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WebhookClientTest {
  private static final HookAuthority AUTHORITY = new HookAuthority("hooks");
  private static final CallTime LONG = CallTime.of(Duration.ofSeconds(20));
  private static final CallTime SHORT = CallTime.of(Duration.ofMillis(100));
  private static final Behaviour ALLOW =
      (request, out) -> HookServer.answer(out, HookServer.review(request, "\"allowed\":true"));

  private final ScheduledExecutorService timers = new ScheduledThreadPoolExecutor(1);
  private final FairExecutor turns = new FairExecutor(FairLimits.of(2, 1 << 30));
  private final CountDownLatch over = new CountDownLatch(1);
  private OutboundClient outbound = client(OutboundLimits.ofHeap(1 << 30));
  private LocalMember member;

  /// Where the server itself listens; 0 for nowhere.
  private int ownPort;

  @BeforeEach
  void start() throws IOException {
    member = LocalMember.inMemory(new MemoryKv(), Settings.DEFAULT);
  }

  @AfterEach
  void close() {
    over.countDown();
    outbound.close();
    turns.close();
    timers.shutdownNow();
    member.close();
  }

  private OutboundClient client(OutboundLimits limits) {
    return new OutboundClient(limits, timers, turns);
  }

  private static ResourceType type(String group, String plural) {
    return Objects.requireNonNull(
        BuiltInTypes.load().snapshot().resource(new GroupVersion(group, "v1"), plural));
  }

  private JsonObject call(ClientConfig config, CallTime time) throws OutboundException {
    return call(config, time, UnaryOperator.identity());
  }

  private JsonObject call(ClientConfig config, CallTime time, UnaryOperator<JsonObject> taken)
      throws OutboundException {
    ServiceEndpoints services =
        new ServiceEndpoints(
            () -> type("", "services"),
            () -> type("discovery.k8s.io", "endpointslices"),
            RandomGenerator.getDefault());
    if (ownPort != 0) {
      services.listenAt("127.0.0.1", ownPort);
    }
    JsonObject review =
        object(
            "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"u\"}}");
    return new WebhookClient(outbound, services)
        .call(
            config,
            ReviewKind.ADMISSION,
            OutboundBody.of(review),
            time,
            new ObjectView(member.view(), new ObjectReader(new SameVersionOnly())),
            taken);
  }

  private static JsonObject object(String json) {
    return (JsonObject) JsonReader.read(json);
  }

  private static ClientConfig at(String url) {
    return at(url, AUTHORITY);
  }

  private static ClientConfig at(String url, HookAuthority authority) {
    return ClientConfig.of(
        object("{\"url\":\"%s\",\"caBundle\":\"%s\"}".formatted(url, authority.bundle())));
  }

  private void refused(ClientConfig config, CallTime time, String message) {
    assertThatThrownBy(() -> call(config, time))
        .isInstanceOf(OutboundException.class)
        .hasMessage(message);
  }

  /// What the client says of a server that behaves like this.
  private void refused(Behaviour behaviour, String message) {
    try (HookServer server = new HookServer(AUTHORITY, behaviour)) {
      refused(at(server.url("/x")), LONG, message.replace("URL", "\"" + server.url("/x") + "\""));
    }
  }

  @Test
  void aReviewIsSentAsUpstreamSendsIt() throws OutboundException {
    try (HookServer server = new HookServer(AUTHORITY, ALLOW)) {
      CallTime time = new CallTime(Duration.ofSeconds(7), Duration.ofHours(1), true);
      JsonObject answer = call(at(server.url("/a//b/../c")), time);
      assertThat(answer.objectOrEmpty("response").isTrue("allowed")).isTrue();
      assertThat(server.received().getFirst().head())
          .isEqualTo(
              """
              POST /a/c?timeout=7s HTTP/1.1
              Host: 127.0.0.1:%d
              User-Agent: kube-apiserver-admission
              Content-Length: 83
              Accept: application/json, */*
              Content-Type: application/json
              """
                  .formatted(server.port()));
    }
  }

  private static ClientConfig ownService(int port) {
    return ClientConfig.of(
        object(
            "{\"service\":{\"namespace\":\"default\",\"name\":\"kubernetes\",\"path\":\"/x\",\"port\":%d},\"caBundle\":\"%s\"}"
                .formatted(port, AUTHORITY.bundle())));
  }

  @Test
  void theServiceOfTheServerIsWhereItListens() throws OutboundException {
    try (HookServer server =
        new HookServer(AUTHORITY.server(Duration.ofHours(1), "kubernetes.default.svc"), ALLOW)) {
      ownPort = server.port();
      call(ownService(443), LONG);
      assertThat(server.received().getFirst().head())
          .startsWith("POST /x HTTP/1.1\nHost: kubernetes.default.svc:443\n");
      refused(
          ownService(444),
          LONG,
          "Post \"https://kubernetes.default.svc:444/x\": service \"kubernetes\" not found");
    }
  }

  @Test
  void aConnectionServesOneCallAfterTheOther() throws OutboundException {
    try (HookServer server = new HookServer(AUTHORITY, ALLOW)) {
      for (int i = 0; i < 5; i++) {
        call(at(server.url("/x")), LONG);
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void aConnectionThatTheServerClosedIsMadeAnew() throws OutboundException {
    try (HookServer server = new HookServer(AUTHORITY, ALLOW)) {
      call(at(server.url("/x")), LONG);
      server.hangUp();
      call(at(server.url("/x")), LONG);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void connectionsAreNotSharedBetweenAuthorities() throws OutboundException {
    try (HookServer server = new HookServer(AUTHORITY, ALLOW)) {
      call(at(server.url("/x")), LONG);
      refused(
          at(server.url("/x"), new HookAuthority("others")),
          LONG,
          "Post \"%s\": tls: failed to verify certificate: x509: certificate signed by unknown authority"
              .formatted(server.url("/x")));
      refused(
          ClientConfig.of(object("{\"url\":\"%s\"}".formatted(server.url("/x")))),
          LONG,
          "Post \"%s\": tls: failed to verify certificate: x509: certificate signed by unknown authority"
              .formatted(server.url("/x")));
    }
  }

  @Test
  void aBundleWithoutCertificatesIsTold() {
    refused(
        ClientConfig.of(object("{\"url\":\"https://127.0.0.1:1/\",\"caBundle\":\"bm9uZQ==\"}")),
        LONG,
        "unable to load root certificates: unable to parse bytes as PEM block");
  }

  @Test
  void aCertificateThatHasExpiredIsRefused() {
    try (HookServer server =
        new HookServer(AUTHORITY.server(Duration.ofHours(-1), "127.0.0.1"), ALLOW)) {
      assertThatThrownBy(() -> call(at(server.url("/x")), LONG))
          .hasMessageStartingWith(
              "Post \"%s\": tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 20"
                  .formatted(server.url("/x")))
          .hasMessageContaining(" is after ");
    }
  }

  @Test
  void aCertificateOfAnotherNameIsRefused() {
    try (HookServer server =
        new HookServer(
            AUTHORITY.server(Duration.ofHours(1), "elsewhere.example.com", "*.example.org"),
            ALLOW)) {
      String failed = "Post \"%s\": tls: failed to verify certificate: x509: ";
      refused(
          at(server.url("/x")),
          LONG,
          failed.formatted(server.url("/x"))
              + "cannot validate certificate for 127.0.0.1 because it doesn't contain any IP SANs");
      String named = "https://localhost:" + server.port() + "/x";
      refused(
          at(named),
          LONG,
          failed.formatted(named)
              + "certificate is valid for elsewhere.example.com, *.example.org, not localhost");
    }
  }

  @Test
  void aRedirectIsNotFollowed() {
    refused(
        (_, out) ->
            out.write(
                "HTTP/1.1 307 X\r\nLocation: /y\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.UTF_8)),
        "the server responded with the status code 307 but did not return more information");
  }

  @Test
  void whatIsNoAnswerIsToldInUpstreamsWords() {
    refused(
        (_, out) -> HookServer.answer(out, 500, "text/plain", "boom"),
        "an error on the server (\"boom\") has prevented the request from succeeding");
    refused(
        (_, out) ->
            HookServer.answer(
                out,
                500,
                "application/json",
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"a status\",\"code\":500}"),
        "a status");
    refused(
        (_, out) -> HookServer.answer(out, ""),
        "0-length response with status code: 200 and content type: application/json");
    refused(
        (_, out) -> HookServer.answer(out, "hello world"),
        "couldn't get version/kind; json parse error: json: cannot unmarshal string into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }");
    refused(
        (_, out) ->
            HookServer.answer(out, "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"Pod\"}"),
        "no kind \"Pod\" is registered for version \"admission.k8s.io/v1\" in scheme \"pkg/runtime/scheme.go:111\"");
    refused(
        (_, out) ->
            HookServer.answer(
                out, "{\"apiVersion\":\"admission.k8s.io/v1beta1\",\"kind\":\"AdmissionReview\"}"),
        "converting (v1beta1.AdmissionReview) to (v1.AdmissionReview): unknown conversion");
    refused(
        (_, _) -> {
          throw new IOException("close");
        },
        "Post URL: EOF");
    refused(
        (_, out) -> out.write("SSH-2.0-hello\r\n".getBytes(StandardCharsets.UTF_8)),
        "Post URL: net/http: HTTP/1.x transport connection broken: malformed HTTP response \"SSH-2.0-hello\"");
  }

  @Test
  void anAnswerInPiecesIsReadWhole() throws OutboundException {
    Behaviour chunks =
        (request, out) -> {
          String body = HookServer.review(request, "\"allowed\":true");
          StringBuilder all =
              new StringBuilder(
                  "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          body.chars().forEach(c -> all.append("1;x=y\r\n").append((char) c).append("\r\n"));
          out.write(all.append("0\r\nX: y\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8));
        };
    try (HookServer server = new HookServer(AUTHORITY, chunks)) {
      call(at(server.url("/x")), LONG);
      call(at(server.url("/x")), LONG);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  private static Behaviour inChunks(int count, String line, String data) {
    return (request, out) -> {
      String body = HookServer.review(request, "\"allowed\":true");
      StringBuilder all =
          new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
              .append(Integer.toHexString(body.length()))
              .append("\r\n")
              .append(body)
              .append("\r\n");
      for (int i = 0; i < count; i++) {
        all.append(line).append("\r\n").append(data).append("\r\n");
      }
      out.write(all.append("0\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8));
    };
  }

  @Test
  void manySmallChunksAreNoHead() throws OutboundException {
    try (HookServer server = new HookServer(AUTHORITY, inChunks(15_000, "64", " ".repeat(100)))) {
      call(at(server.url("/x")), LONG);
    }
    refused(
        inChunks(15_000, "1;" + "x".repeat(100), " "),
        "Post URL: chunked encoding contains too much non-data");
  }

  @Test
  void aHugeAnswerIsReadNoFurtherThanItMay() {
    Behaviour endless =
        (_, out) -> {
          out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
          while (true) {
            out.write(new byte[1 << 20]);
          }
        };
    refused(endless, "Post URL: the answer is too large: limit is " + (6 << 20));
    Behaviour heads =
        (_, out) -> {
          out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
          while (true) {
            out.write(
                "X: 0123456789012345678901234567890123456789\r\n".getBytes(StandardCharsets.UTF_8));
          }
        };
    refused(heads, "Post URL: net/http: server response headers exceeded 65536 bytes; aborted");
  }

  @Test
  void whatTakesTooLongIsNotWaitedFor() {
    try (HookServer server = new HookServer(AUTHORITY, (_, _) -> await())) {
      refused(
          at(server.url("/x")),
          SHORT,
          "Post \"%s\": context deadline exceeded".formatted(server.url("/x")));
    }
    try (HookServer mute = new HookServer((javax.net.ssl.SSLContext) null, (_, _) -> await())) {
      // It never shakes hands.
      refused(
          at(mute.url("/x")),
          SHORT,
          "Post \"%s\": context deadline exceeded".formatted(mute.url("/x")));
    }
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aServerWithoutTlsIsRefused() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 1, HookAuthority.loopback());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> served =
          threads.submit(() -> {
            try (Socket socket = plain.accept()) {
              socket
                  .getOutputStream()
                  .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
              await();
            }
            return true;
          });
      String url = "https://127.0.0.1:" + plain.getLocalPort() + "/x";
      refused(
          at(url),
          LONG,
          "Post \"%s\": tls: first record does not look like a TLS handshake".formatted(url));
      over.countDown();
      assertThat(served.get()).isTrue();
    }
  }

  @Test
  void nobodyThereIsTold() throws IOException {
    try (Socket taken = new Socket()) {
      taken.bind(new InetSocketAddress(HookAuthority.loopback(), 0));
      int port = taken.getLocalPort();
      refused(
          at("https://127.0.0.1:" + port + "/x"),
          LONG,
          "Post \"https://127.0.0.1:%1$d/x\": dial tcp 127.0.0.1:%1$d: connect: connection refused"
              .formatted(port));
    }
  }

  @Test
  void aServerThatIsAlwaysLateIsNotAskedForAMoment() {
    try (HookServer server = new HookServer(AUTHORITY, (_, _) -> await())) {
      for (int i = 0; i < CircuitBreaker.LATE_MAX; i++) {
        refused(
            at(server.url("/x")),
            SHORT,
            "Post \"%s\": context deadline exceeded".formatted(server.url("/x")));
      }
      refused(
          at(server.url("/x")),
          LONG,
          "Post \"%s\": context deadline exceeded by the last 8 calls: not asked again for a moment"
              .formatted(server.url("/x")));
      assertThat(outbound.metrics())
          .contains(
              "pintle_outbound_breaker_open{target=\"127.0.0.1:%d/x\"} 1\n"
                  .formatted(server.port()))
          .contains(
              "pintle_outbound_shed_calls_total{target=\"127.0.0.1:%d/x\"} 1\n"
                  .formatted(server.port()));
      refused(
          at(server.url("/x")),
          SHORT.insistent(),
          "Post \"%s\": context deadline exceeded".formatted(server.url("/x")));
    }
  }

  @Test
  void callsOfClientsWithLittleTimeOpenNoBreaker() {
    try (HookServer server = new HookServer(AUTHORITY, (_, _) -> await())) {
      CallTime hurried = new CallTime(Duration.ofSeconds(20), Duration.ofMillis(20), false);
      for (int i = 0; i < 2 * CircuitBreaker.LATE_MAX; i++) {
        refused(
            at(server.url("/x")),
            hurried,
            "Post \"%s\": context deadline exceeded".formatted(server.url("/x")));
      }
      assertThat(outbound.metrics()).contains("/x\"} 0\n").doesNotContain("} 1\n");
    }
  }

  @Test
  void callsWaitForTheBudgetNoLongerThanTheyMay() throws Exception {
    outbound.close();
    outbound =
        client(new OutboundLimits(2, 1 << 20, 1 << 20, 1 << 16, 10, 5, Duration.ofSeconds(30)));
    try (HookServer server = new HookServer(AUTHORITY, (_, _) -> await());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<JsonObject>> held =
          List.of(
              threads.submit(() -> call(at(server.url("/a")), LONG)),
              threads.submit(() -> call(at(server.url("/b")), LONG)));
      while (server.received().size() < held.size()) {
        Thread.onSpinWait();
      }
      refused(
          at(server.url("/c")),
          SHORT,
          "Post \"%s\": context deadline exceeded".formatted(server.url("/c")));
      assertThat(server.received()).hasSize(2);
      over.countDown();
    }
  }

  @Test
  void anAnswerHasItsShareUntilItWasTakenApart() throws Exception {
    outbound.close();
    outbound =
        client(new OutboundLimits(9, 4 << 20, 1 << 20, 1 << 16, 10, 5, Duration.ofSeconds(30)));
    String large = "\"allowed\":true,\"x\":\"%s\"".formatted("x".repeat(300_000));
    CountDownLatch taking = new CountDownLatch(1);
    try (HookServer server =
            new HookServer(
                AUTHORITY,
                (request, out) -> HookServer.answer(out, HookServer.review(request, large)));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<JsonObject> first =
          threads.submit(() ->
              call(
                  at(server.url("/a")),
                  LONG,
                  answer -> {
                    taking.countDown();
                    await();
                    return answer;
                  }));
      taking.await();
      Future<JsonObject> second;
      try {
        // What it would become has no room before the other one is done.
        refused(
            at(server.url("/b")),
            CallTime.of(Duration.ofSeconds(1)),
            "Post \"%s\": context deadline exceeded".formatted(server.url("/b")));
        second = threads.submit(() -> call(at(server.url("/b")), LONG));
      } finally {
        over.countDown();
      }
      assertThat(first.get().has("response")).isTrue();
      assertThat(second.get().has("response")).isTrue();
    }
  }

  @Test
  void anAnswerForWhichThereIsNoRoomIsNotReadOn() throws Exception {
    outbound.close();
    outbound =
        client(new OutboundLimits(9, 1 << 20, 1 << 20, 1 << 16, 10, 5, Duration.ofSeconds(30)));
    String large = "\"allowed\":true,\"x\":\"%s\"".formatted("x".repeat(600_000));
    refused(
        (request, out) -> HookServer.answer(out, HookServer.review(request, large)),
        "Post URL: no room to read the answer: other calls hold all of it");
  }
}
