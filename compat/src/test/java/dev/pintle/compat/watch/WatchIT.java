package dev.pintle.compat.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.RunningPintle;
import io.etcd.jetcd.Client;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Watches and lists over history.
class WatchIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  // Ends by itself, so that what does not come is missed and not waited for.
  private static final String WATCH = MAPS + "?watch=1&timeoutSeconds=15&";
  private static final int MAPS_MADE = 5;
  private static final int TIMEOUT = 504;
  private static final int WAITS_MAX = 10;

  @TempDir private Path data;

  private RunningPintle pintle;
  private KubeClient client;

  @BeforeEach
  void start() {
    pintle = RunningPintle.alone(data, "--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0");
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
    return version(answer);
  }

  private static long version(KubeClient.Answer answer) {
    return Long.parseLong(answer.json().path("metadata").path("resourceVersion").asString());
  }

  private void compact(long revision) throws Exception {
    try (Client etcd = Client.builder().endpoints(pintle.etcd()).build()) {
      etcd.getKVClient().compact(revision).get();
    }
  }

  private List<JsonNode> events(String query, int count) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                client.open(WATCH + query, KubeClient.JSON), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null && events.size() < count) {
        events.add(JSON.readTree(line));
        line = events.size() < count ? lines.readLine() : null;
      }
    }
    return events;
  }

  @Test
  void aWatchOfCompactedHistoryIsToldSoAndEnds() throws Exception {
    long first = make("a");
    long last = make("b");
    compact(last);
    List<JsonNode> events = events("resourceVersion=" + (first - 1), 2);
    assertThat(events).hasSize(1);
    assertThat(events.getFirst().path("type").asString()).isEqualTo("ERROR");
    JsonNode status = events.getFirst().path("object");
    assertThat(status.path("code").asInt()).isEqualTo(410);
    assertThat(status.path("reason").asString()).isEqualTo("Expired");
    assertThat(status.path("message").asString())
        .isEqualTo("too old resource version: %d (%d)".formatted(first - 1, last));
  }

  @Test
  void aListOfCompactedHistoryIsRefusedAndOnePageGoesOnInconsistently() throws Exception {
    long first = make("a");
    for (int i = 0; i < MAPS_MADE; i++) {
      make("b" + i);
    }
    KubeClient.Answer page = client.get(MAPS + "?limit=2");
    String token = page.json().path("metadata").path("continue").asString();
    assertThat(page.json().path("metadata").path("remainingItemCount").asInt())
        .isEqualTo(MAPS_MADE - 1);
    compact(make("c"));

    KubeClient.Answer old =
        client.get(MAPS + "?resourceVersionMatch=Exact&resourceVersion=" + first);
    assertThat(old.code()).isEqualTo(410);
    assertThat(old.message()).isEqualTo("The resourceVersion for the provided list is too old.");

    KubeClient.Answer expired = client.get(MAPS + "?limit=2&continue=" + token);
    assertThat(expired.code()).isEqualTo(410);
    assertThat(expired.json().path("reason").asString()).isEqualTo("Expired");
    String fresh = expired.json().path("metadata").path("continue").asString();
    assertThat(fresh).isNotEmpty().isNotEqualTo(token);
    KubeClient.Answer rest = client.get(MAPS + "?continue=" + fresh);
    assertThat(rest.code()).as(rest.text()).isEqualTo(200);
    assertThat(rest.json().path("items").valueStream().map(WatchIT::name).toList())
        .containsExactly("b1", "b2", "b3", "b4", "c");
  }

  private static String name(JsonNode object) {
    return object.path("metadata").path("name").asString();
  }

  @Test
  void aReadOfARevisionThatIsOnItsWayWaitsForIt() throws Exception {
    long current = make("a");
    AtomicLong made = new AtomicLong();
    Thread later = Thread.ofVirtual().start(() -> made.set(make("b")));
    KubeClient.Answer list = client.get(MAPS + "?resourceVersion=" + (current + 1));
    // The server waits for some seconds; on a busy machine the map may take longer.
    for (int i = 0; list.code() == TIMEOUT && i < WAITS_MAX; i++) {
      list = client.get(MAPS + "?resourceVersion=" + (current + 1));
    }
    later.join();
    assertThat(list.code()).as(list.text()).isEqualTo(200);
    long shown = list.json().path("metadata").path("resourceVersion").asLong();
    assertThat(shown).isGreaterThan(current);
    // The server's own upkeep may take the next revision before the map does.
    assertThat(list.json().path("items").valueStream().map(WatchIT::name).anyMatch("b"::equals))
        .as("b was made at %d, the list shows %d", made.get(), shown)
        .isEqualTo(shown >= made.get());
  }

  @Test
  void initialEventsEndWithAnAnnotatedBookmark() throws IOException {
    make("a");
    List<JsonNode> events =
        events(
            "sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true", 2);
    assertThat(events.get(0).path("type").asString()).isEqualTo("ADDED");
    assertThat(name(events.get(0).path("object"))).isEqualTo("a");
    assertThat(events.get(1).path("type").asString()).isEqualTo("BOOKMARK");
    assertThat(
            events
                .get(1)
                .path("object")
                .path("metadata")
                .path("annotations")
                .path("k8s.io/initial-events-end")
                .asString())
        .isEqualTo("true");
  }

  @Test
  void framesOfProtobufSayWhatLinesOfJsonSay() throws IOException {
    long before = make("a");
    KubeClient.Answer changed =
        client.send(
            "PATCH",
            MAPS + "/a",
            KubeClient.MERGE,
            "{\"metadata\":{\"labels\":{\"x\":\"y\"}},\"data\":{\"k\":null,\"other\":\"é\"},\"binaryData\":{\"b\":\"AAEC\"}}");
    assertThat(changed.code()).as(changed.text()).isEqualTo(200);
    KubeClient.Answer deleted = client.send("DELETE", MAPS + "/a", KubeClient.JSON, "");
    assertThat(deleted.code()).as(deleted.text()).isEqualTo(200);
    String query = "resourceVersion=" + (before - 1);
    List<JsonNode> lines = events(query, 3);
    List<ProtobufMap> frames = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(
            client.open(WATCH + query, "application/vnd.kubernetes.protobuf;stream=watch"))) {
      while (frames.size() < lines.size()) {
        byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        frames.add(ProtobufMap.ofEvent(frame));
      }
    }
    assertThat(frames).isEqualTo(lines.stream().map(ProtobufMap::ofLine).toList());
    assertThat(frames.stream().map(ProtobufMap::event).toList())
        .containsExactly("ADDED", "MODIFIED", "DELETED");
  }
}
