package dev.pintle.compat.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.RunningEtcd;
import dev.pintle.compat.harness.RunningPintle;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The streams of the JSON gateway over WebSocket: what the real etcd sends, Pintle sends.
class GatewaySocketTwinIT {
  private static final long PATIENCE_SECONDS = 10;
  private static final String CREATE = "{\"create_request\":{\"key\":\"Zm9v\"}}";

  @TempDir private Path data;

  /// One connection, and the messages that came on it.
  private static final class Talk implements WebSocket.Listener {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder message = new StringBuilder();
    private final WebSocket socket;

    Talk(HttpClient http, String server, String path, String... protocols) {
      WebSocket.Builder builder = http.newWebSocketBuilder();
      if (protocols.length > 0) {
        builder.subprotocols(
            protocols[0], List.of(protocols).subList(1, protocols.length).toArray(String[]::new));
      }
      socket =
          builder.buildAsync(URI.create(server.replace("http://", "ws://") + path), this).join();
    }

    Talk say(String text) {
      socket.sendText(text, true).join();
      return this;
    }

    String next() throws InterruptedException {
      String next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return next == null ? "nothing" : Normal.of(next.replace(", ", ",").replace('\u00a0', ' '));
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        heard.add(message.toString());
        message.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      heard.add("closed");
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      heard.add("closed");
    }
  }

  @Test
  void streamsOverWebSocketSayTheSame() throws Exception {
    try (RunningEtcd real = RunningEtcd.start(data);
        RunningPintle pintle = RunningPintle.etcdOnly(data.resolve("pintle"));
        HttpClient http = HttpClient.newHttpClient()) {
      List<String> expected = conversations(http, real.url());
      List<String> actual = conversations(http, pintle.etcd());
      assertThat(actual).isEqualTo(expected).doesNotContain("nothing");
    }
  }

  private static List<String> conversations(HttpClient http, String server) throws Exception {
    List<String> heard = new ArrayList<>();
    Talk watch = new Talk(http, server, "/v3/watch").say(CREATE);
    heard.add(watch.next());
    post(http, server + "/v3/kv/put", "{\"key\":\"Zm9v\",\"value\":\"PGE+\"}");
    heard.add(watch.next());
    watch.say("{\"cancel_request\":{\"watch_id\":0}}");
    heard.add(watch.next());
    watch
        .say("{\"create_request\":")
        .say("{\"key\":\"YQ==\"}}{\"create_request\":{\"key\":\"Yg==\"}}");
    heard.add(watch.next());
    heard.add(watch.next());
    watch.socket.abort();
    post(http, server + "/v3/lease/grant", "{\"TTL\":1000,\"ID\":77}");
    Talk alive = new Talk(http, server, "/v3/lease/keepalive", "Bearer", "some.token");
    heard.add(alive.socket.getSubprotocol());
    heard.add(alive.say("{\"ID\":77}").next());
    heard.add(alive.say("{\"ID\":\"7.7e1\"}").next());
    alive.say("no json");
    heard.add(alive.next());
    Talk nowhere = new Talk(http, server, "/v3/nowhere");
    heard.add(nowhere.next());
    heard.add(nowhere.next());
    return heard;
  }

  private static void post(HttpClient http, String url, String body) throws Exception {
    http.send(
        HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.discarding());
  }
}
