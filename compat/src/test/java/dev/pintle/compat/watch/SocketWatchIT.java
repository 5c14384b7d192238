package dev.pintle.compat.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.RealKube;
import dev.pintle.compat.harness.RunningPintle;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Watches over WebSocket by clients that know it, beside the real API server over the same store.
class SocketWatchIT {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final String PAGE = "https://page.example";
  private static final int SECONDS_MAX = 20;

  /// What a busy machine needs to open ten sockets and to write three times.
  private static final int SECONDS_WATCHED = 10;

  @TempDir private Path data;

  private RunningPintle pintle;
  private KubeClient client;

  @BeforeEach
  void start() {
    pintle =
        RunningPintle.alone(
            data.resolve("pintle"), "--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0");
    client = KubeClient.of(pintle);
  }

  @AfterEach
  void stop() {
    if (client != null) {
      client.close();
    }
    if (pintle != null) {
      pintle.close();
    }
  }

  private long make(String name) {
    KubeClient.Answer answer =
        client.post(
            MAPS, "{\"metadata\":{\"name\":\"%s\"},\"data\":{\"k\":\"v\"}}".formatted(name));
    assertThat(answer.code()).as(answer.text()).isEqualTo(201);
    return Long.parseLong(answer.json().path("metadata").path("resourceVersion").asString());
  }

  @Test
  void bothServersSayTheSameInTheSameMessages() throws Exception {
    try (RealKube real = RealKube.over(pintle.etcd(), data.resolve("real"))) {
      // What its cache has not seen come it does not tell again.
      String after = "&timeoutSeconds=" + SECONDS_WATCHED + "&resourceVersion=" + make("before");
      String initial =
          "&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan";
      List<Ears> here = new ArrayList<>();
      List<Ears> there = new ArrayList<>();
      for (String accept :
          List.of(
              KubeClient.JSON,
              PROTOBUF,
              "application/json;as=Table;v=v1;g=meta.k8s.io",
              "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io")) {
        here.add(Ears.of(client, MAPS + "?watch=1" + after, PAGE, accept));
        there.add(Ears.of(real.client(), MAPS + "?watch=1" + after, PAGE, accept));
      }
      here.add(Ears.of(client, MAPS + "?watch=1" + after + initial, PAGE, KubeClient.JSON));
      there.add(Ears.of(real.client(), MAPS + "?watch=1" + after + initial, PAGE, KubeClient.JSON));
      // All at once, so that the first is not at its end before the last is open.
      for (int i = 0; i < here.size(); i++) {
        here.get(i).open();
        there.get(i).open();
      }
      make("a");
      client.send("PATCH", MAPS + "/a", KubeClient.MERGE, "{\"data\":{\"k\":\"w\"}}");
      client.send("DELETE", MAPS + "/a", KubeClient.JSON, "");
      for (int i = 0; i < here.size(); i++) {
        List<String> heard = here.get(i).all();
        assertThat(heard).isEqualTo(there.get(i).all()).hasSizeGreaterThan(3);
        assertThat(heard.getLast()).isEqualTo("closed 1000");
      }
    }
  }

  @Test
  void aPageIsAnsweredWhereItHasATokenAndNotForACertificateAlone() {
    Ears ears = new Ears();
    try (KubeClient certified = KubeClient.byCertificate(pintle)) {
      WebSocket own =
          certified.socket(MAPS + "?watch=1", certified.base(), KubeClient.JSON, ears).join();
      own.abort();
      CompletableFuture<WebSocket> foreign =
          certified.socket(MAPS + "?watch=1", PAGE, KubeClient.JSON, ears);
      assertThatThrownBy(foreign::join)
          .cause()
          .isInstanceOfSatisfying(
              WebSocketHandshakeException.class,
              refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(403));
    }
    client.socket(MAPS + "?watch=1", PAGE, KubeClient.JSON, ears).join().abort();
  }

  @Test
  void fabric8WatchesOverWebSocket() throws Exception {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    Config config = Config.fromKubeconfig(Files.readString(pintle.kubeconfig()));
    try (KubernetesClient fabric8 = new KubernetesClientBuilder().withConfig(config).build()) {
      Watch watch = fabric8.configMaps().inNamespace("default").watch(new Told(seen));
      make("a");
      assertThat(seen.poll(SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo("ADDED a");
      client.send("DELETE", MAPS + "/a", KubeClient.JSON, "");
      assertThat(seen.poll(SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo("DELETED a");
      watch.close();
    }
    assertThat(client.get("/metrics").text().lines())
        .anyMatch(line ->
            line.startsWith("apiserver_request_total{code=\"0\"")
                && line.contains("\"configmaps\""));
  }

  /// A record of what a watch of fabric8's is told.
  private record Told(BlockingQueue<String> seen) implements Watcher<ConfigMap> {
    @Override
    public void eventReceived(Action action, ConfigMap map) {
      if (!map.getMetadata().getName().equals("kube-root-ca.crt")) {
        seen.add(action + " " + map.getMetadata().getName());
      }
    }

    @Override
    public void onClose(WatcherException cause) {
      seen.add("closed");
    }
  }

  /// A record of what a WebSocket of the JDK's hears.
  private static final class Ears implements WebSocket.Listener {
    private final List<String> heard = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<List<String>> all = new CompletableFuture<>();
    private @Nullable CompletableFuture<WebSocket> opening;

    static Ears of(KubeClient client, String path, String origin, String accept) {
      Ears ears = new Ears();
      ears.opening = client.socket(path, origin, accept, ears);
      return ears;
    }

    /// Waits until the server has answered that the socket is open.
    void open() throws Exception {
      Objects.requireNonNull(opening).get(SECONDS_MAX, TimeUnit.SECONDS);
    }

    /// Everything up to the end.
    List<String> all() throws Exception {
      return all.get(SECONDS_WATCHED + SECONDS_MAX, TimeUnit.SECONDS);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      add("text ", data.toString(), last);
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      add("bytes ", HexFormat.of().formatHex(bytes), last);
      socket.request(1);
      return null;
    }

    private void add(String kind, String part, boolean last) {
      text.append(part);
      if (last) {
        if (!isPlainBookmark()) {
          heard.add(kind + withoutChance());
        }
        text.setLength(0);
      }
    }

    private boolean isBookmark() {
      return text.indexOf("{\"type\":\"BOOKMARK\"") == 0;
    }

    /// How many there are before the end is chance at the real server.
    private boolean isPlainBookmark() {
      return isBookmark() && text.indexOf("initial-events-end") < 0;
    }

    /// The revision up to which all was told differs: the real server writes, too. The age in a
    /// table's row is as old as the row is when it is told.
    private String withoutChance() {
      return isBookmark()
          ? text.toString().replaceAll("\"[0-9]+\"", "\"REVISION\"")
          : text.toString().replaceAll("\"[0-9]+s\"", "\"AGE\"");
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      heard.add("closed " + code + reason);
      all.complete(heard);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      all.completeExceptionally(error);
    }
  }
}
