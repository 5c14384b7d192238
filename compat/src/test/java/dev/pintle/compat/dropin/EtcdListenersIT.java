package dev.pintle.compat.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.FreePort;
import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.harness.Tool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every place that etcd's flags name serves what it serves there.
class EtcdListenersIT {
  @TempDir private Path folder;

  private static Tool.Result etcdctl(String endpoint, String... command) {
    String[] arguments = new String[command.length + 1];
    arguments[0] = "--endpoints=" + endpoint;
    System.arraycopy(command, 0, arguments, 1, command.length);
    return Tool.of(Peers.require("etcdctl"), arguments).run();
  }

  private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }
  }

  @Test
  void portsAndSocketsThatAreFilesServeTheSame() throws Exception {
    Path socket = folder.resolve("s.sock");
    try (RunningPintle pintle =
        RunningPintle.etcdOnly(
            folder.resolve("a"),
            "--listen-client-urls=http://127.0.0.1:0,http://[::1]:0,unix://" + socket)) {
      assertThat(etcdctl(pintle.etcd(), "put", "a", "b").out()).isEqualTo("OK\n");
      assertThat(etcdctl("unix://" + socket, "get", "a").out()).isEqualTo("a\nb\n");
      String six = address(pintle, "http://\\[::1\\]:\\d+");
      assertThat(etcdctl(six, "get", "a").out()).isEqualTo("a\nb\n");
      assertThat(get(six + "/version").statusCode()).isEqualTo(200);
      Tool.Result members = etcdctl(pintle.etcd(), "member", "list");
      assertThat(members.out()).contains(six, "unix://" + socket);
      pintle.child().kill();
      assertThat(socket).as("left behind by a kill").exists();
    }
    try (RunningPintle again =
        RunningPintle.etcdOnly(
            folder.resolve("a"), "--listen-client-urls=http://127.0.0.1:0,unix://" + socket)) {
      assertThat(etcdctl("unix://" + socket, "get", "a").out()).isEqualTo("a\nb\n");
      assertThat(again.child().terminate()).isEqualTo(143);
    }
    assertThat(socket).doesNotExist();
  }

  @Test
  void aFileThatIsNoSocketIsLeftAlone() throws Exception {
    Path file = Files.writeString(folder.resolve("precious"), "text");
    var child =
        RunningPintle.start(
            folder,
            List.of(
                "etcd",
                "--data-dir=" + folder.resolve("n"),
                "--listen-client-urls=unix://" + file));
    assertThat(child.awaitExit(Duration.ofSeconds(60))).isEqualTo(1);
    assertThat(child.log()).contains("\"level\":\"fatal\"", "--listen-client-urls unix://" + file);
    assertThat(file).hasContent("text");
  }

  @Test
  void httpAndMetricsHavePlacesOfTheirOwn() throws Exception {
    int http = FreePort.next();
    int metrics = FreePort.next();
    try (RunningPintle pintle =
        RunningPintle.etcdOnly(
            folder.resolve("b"),
            "--listen-client-http-urls=http://127.0.0.1:" + http,
            "--listen-metrics-urls=http://127.0.0.1:" + metrics)) {
      assertThat(etcdctl(pintle.etcd(), "put", "a", "b").out()).isEqualTo("OK\n");
      assertThat(get(pintle.etcd() + "/version").statusCode()).isEqualTo(415);
      String other = "http://127.0.0.1:" + http;
      assertThat(get(other + "/version").statusCode()).isEqualTo(200);
      assertThat(get(other + "/health").body()).contains("\"health\":\"true\"");
      assertThat(etcdctl(other, "--command-timeout=2s", "--dial-timeout=2s", "get", "a").exit())
          .isNotZero();
      String watched = "http://127.0.0.1:" + metrics;
      assertThat(get(watched + "/metrics").body()).contains("etcd_server_has_leader 1");
      assertThat(get(watched + "/health").body()).contains("\"health\":\"true\"");
      assertThat(get(watched + "/livez").statusCode()).isEqualTo(200);
      assertThat(get(watched + "/readyz/non_learner").statusCode()).isEqualTo(200);
      assertThat(get(watched + "/version").statusCode()).isEqualTo(404);
      assertThat(get(watched + "/v3/kv/range").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void oneAddressForTwoThingsIsRefused() throws Exception {
    String url = "http://127.0.0.1:" + FreePort.next();
    var child =
        RunningPintle.start(
            folder,
            List.of(
                "etcd",
                "--data-dir=" + folder.resolve("n"),
                "--listen-client-urls=" + url,
                "--listen-client-http-urls=" + url));
    assertThat(child.awaitExit(Duration.ofSeconds(60))).isEqualTo(1);
    assertThat(child.log())
        .contains(
            "cannot bind both --listen-client-urls and --listen-client-http-urls on the same url "
                + url);
  }

  @Test
  void theGatewayCanBeTakenAway() throws Exception {
    try (RunningPintle pintle =
        RunningPintle.etcdOnly(folder.resolve("c"), "--enable-grpc-gateway=false")) {
      assertThat(get(pintle.etcd() + "/v3/kv/range").statusCode()).isEqualTo(404);
      assertThat(get(pintle.etcd() + "/v3/kv/range").body()).isEqualTo("404 page not found\n");
      assertThat(get(pintle.etcd() + "/version").statusCode()).isEqualTo(200);
      assertThat(etcdctl(pintle.etcd(), "put", "a", "b").out()).isEqualTo("OK\n");
    }
  }

  private static String address(RunningPintle pintle, String pattern) {
    return Pattern.compile("\"address\":\"(" + pattern + ")\"")
        .matcher(pintle.child().log())
        .results()
        .map((MatchResult found) -> found.group(1))
        .findFirst()
        .orElseThrow();
  }
}
