package dev.pintle.compat.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.KubeClient;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.harness.Tool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A thousand watchers over TLS, of which ten never read: goal is that the ten cost nobody anything. What they are sent is
/// far more than sockets hold, so it must stay where it is, in the store.
class CrowdIT {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final int READERS = 990;
  private static final int SILENT = 10;
  private static final int EVENTS = 20;
  private static final int HEAVY_EVENTS = 192;
  private static final int HEAVY_BYTES = 256 * 1024;
  // A queue per silent watcher would hold ten times 48 MiB, one shared by all of them 48 MiB.
  private static final long GROWTH_BYTES_MAX = 40L << 20;
  private static final int SECONDS_MAX = 120;
  private static final Pattern USED = Pattern.compile("(?m)used (\\d+)K");

  @TempDir private Path data;

  private RunningPintle pintle;
  private KubeClient client;

  @BeforeEach
  void start() {
    pintle = RunningPintle.up(data, "--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0");
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

  private void make(String name, String kind) {
    KubeClient.Answer made =
        client.post(
            MAPS,
            "{\"metadata\":{\"name\":\"%s\",\"labels\":{\"kind\":\"%s\"}}}".formatted(name, kind));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }

  private void change(String name, String value) {
    KubeClient.Answer changed =
        client.send(
            "PATCH",
            MAPS + "/" + name,
            KubeClient.MERGE,
            "{\"data\":{\"k\":\"%s\"}}".formatted(value));
    assertThat(changed.code()).as(changed.text()).isEqualTo(200);
  }

  private void heavyLoad(String round) {
    for (int i = 0; i < HEAVY_EVENTS; i++) {
      change("heavy", round + i + "-" + "x".repeat(HEAVY_BYTES));
    }
  }

  private InputStream watch(String kind) {
    return client.open(MAPS + "?watch=1&labelSelector=kind%3D" + kind, KubeClient.JSON);
  }

  /// The values of the changes that a watcher is told of, up to the last one.
  private static List<String> values(InputStream body, String first, int count) {
    List<String> values = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      while (values.size() < count) {
        String line = lines.readLine();
        if (line == null) {
          return values;
        }
        int at = line.indexOf("\"k\":\"" + first);
        if (at >= 0) {
          int end = at + "\"k\":\"".length();
          values.add(line.substring(end, line.indexOf('-', end)));
        }
      }
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException("a watch", e);
    }
  }

  /// What lives in the heap of the program, garbage aside.
  private long liveBytes() {
    jcmd("GC.run");
    String info = jcmd("GC.heap_info");
    Matcher matcher = USED.matcher(info);
    assertThat(matcher.find()).as(info).isTrue();
    return Long.parseLong(matcher.group(1)) * 1024;
  }

  private String jcmd(String command) {
    Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Tool.Result result = Tool.of(program, Long.toString(pintle.child().pid()), command).run();
    assertThat(result.exit()).as(result.err() + result.out()).isZero();
    return result.out();
  }

  private static List<String> numbered(String prefix, int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(prefix + i);
    }
    return names;
  }

  @Test
  void tenWhoNeverReadCostTheOthersNothing() throws Exception {
    make("light", "light");
    make("heavy", "heavy");
    heavyLoad("a");
    List<InputStream> silent = new ArrayList<>();
    for (int i = 0; i < SILENT; i++) {
      silent.add(watch("heavy"));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<String>>> seen = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        InputStream body = watch("light");
        seen.add(threads.submit(() -> values(body, "v", EVENTS)));
      }
      long before = liveBytes();
      heavyLoad("b");
      for (String value : numbered("v", EVENTS)) {
        change("light", value + "-");
      }
      for (Future<List<String>> one : seen) {
        assertThat(one.get(SECONDS_MAX, TimeUnit.SECONDS)).isEqualTo(numbered("v", EVENTS));
      }
      assertThat(liveBytes() - before)
          .as("growth of the heap with %d silent watchers", SILENT)
          .isLessThan(GROWTH_BYTES_MAX);
      Future<List<String>> late =
          threads.submit(() -> values(silent.getFirst(), "b", HEAVY_EVENTS));
      assertThat(late.get(SECONDS_MAX, TimeUnit.SECONDS))
          .as("what a silent watcher finds when it reads at last")
          .isEqualTo(numbered("b", HEAVY_EVENTS));
    }
    for (InputStream body : silent) {
      body.close();
    }
    assertThat(client.get("/readyz").code()).isEqualTo(200);
  }
}
