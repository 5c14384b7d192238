package dev.pintle.compat.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.compat.harness.Peers;
import dev.pintle.compat.harness.RunningPintle;
import dev.pintle.compat.harness.Tool;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.options.GetOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/// A disk that breaks and works again under a running store: a library before the system's makes its writes fail.
class BrokenDiskIT {
  private static final Duration TIME_MAX = Duration.ofSeconds(60);
  private static final String REFUSED = "etcdserver: (server stopped|request timed out)";
  private static final int KEYS = 100;

  @TempDir private Path folder;
  private final Map<String, Long> acknowledged = new TreeMap<>();

  @Test
  void aLogThatCannotBeForcedGoesOnWithoutAStart() throws Exception {
    Path data = folder.resolve("data");
    try (RunningPintle pintle = start(data, "log")) {
      put(pintle, "before");
      breakDisk();
      try (Client client = client(pintle)) {
        assertThatThrownBy(() -> putOne(client, "refused", 0)).hasMessageMatching(".*" + REFUSED);
      }
      requireServed(pintle);
      repairDisk(pintle);
      put(pintle, "after");
      requireServed(pintle);
      pintle.child().kill();
    }
    requireServedAfterAStart(data);
  }

  /// RocksDB takes nothing more after such a failure: it is opened anew, and filled from the log.
  @Test
  void aStoreThatCannotBeFlushedGoesOnWithoutAStart() throws Exception {
    Path data = folder.resolve("data");
    try (RunningPintle pintle = start(data, "store")) {
      put(pintle, "before");
      breakDisk();
      compact(pintle);
      putUntilRefused(pintle);
      requireServed(pintle);
      repairDisk(pintle);
      put(pintle, "after");
      requireServed(pintle);
      pintle.child().kill();
    }
    requireServedAfterAStart(data);
  }

  /// @param part of the member's folder that breaks
  private RunningPintle start(Path data, String part) {
    return RunningPintle.etcdOnly(
        data,
        Map.of(
            "LD_PRELOAD",
            library().toString(),
            "BROKEN_DISK_FOLDER",
            data.resolve("member").resolve(part).toString(),
            "BROKEN_DISK_WHILE",
            broken().toString()));
  }

  private Path library() {
    Path source = Peers.house().resolve("compat/src/test/resources/broken-disk.c");
    Path library = folder.resolve("broken-disk.so");
    try {
      Tool.Result made =
          Tool.of(
                  Path.of("cc"),
                  "-shared",
                  "-fPIC",
                  "-o",
                  library.toString(),
                  source.toString(),
                  "-ldl")
              .run();
      if (made.exit() == 0) {
        return library;
      }
      throw notJudged(made.err());
    } catch (UncheckedIOException noCompiler) {
      throw notJudged(noCompiler.toString());
    }
  }

  private static TestAbortedException notJudged(String why) {
    String line = "not judged on a broken disk: no C compiler here (%s)".formatted(why.strip());
    System.err.println(line);
    return new TestAbortedException(line);
  }

  private Path broken() {
    return folder.resolve("broken");
  }

  private void breakDisk() throws IOException {
    Files.createFile(broken());
  }

  private void repairDisk(RunningPintle pintle) throws Exception {
    HttpRequest health = HttpRequest.newBuilder(URI.create(pintle.etcd() + "/health")).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(http.send(health, BodyHandlers.ofString()).body())
          .isEqualTo("{\"health\":\"false\",\"reason\":\"WRITES STOPPED\"}\n");
      Files.delete(broken());
      pintle
          .child()
          .await(
              "health",
              TIME_MAX,
              () -> Optional.of(status(http, health)).filter(status -> status == 200));
    }
  }

  private static int status(HttpClient http, HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void put(RunningPintle pintle, String prefix) throws Exception {
    try (Client client = client(pintle)) {
      for (int i = 0; i < KEYS; i++) {
        putOne(client, prefix, i);
      }
    }
  }

  private void putOne(Client client, String prefix, int number) throws Exception {
    String key = "%s/%03d".formatted(prefix, number);
    acknowledged.put(
        key,
        client
            .getKVClient()
            .put(text(key), text("value"))
            .get(TIME_MAX.toSeconds(), TimeUnit.SECONDS)
            .getHeader()
            .getRevision());
  }

  /// The store is flushed some seconds after a compaction.
  private void putUntilRefused(RunningPintle pintle) throws Exception {
    long giveUp = System.nanoTime() + TIME_MAX.toNanos();
    try (Client client = client(pintle)) {
      for (int i = 0; System.nanoTime() < giveUp; i++) {
        putOne(client, "meanwhile", i);
      }
    } catch (ExecutionException refused) {
      assertThat(refused).hasMessageMatching(".*" + REFUSED);
      return;
    }
    throw new AssertionError("never refused");
  }

  private static void compact(RunningPintle pintle) throws Exception {
    try (Client client = client(pintle)) {
      long revision = client.getKVClient().get(text("none")).get().getHeader().getRevision();
      client.getKVClient().compact(revision).get(TIME_MAX.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private void requireServed(RunningPintle pintle) throws Exception {
    Map<String, Long> found = new TreeMap<>();
    GetOption all = GetOption.builder().withRange(ByteSequence.from(new byte[1])).build();
    try (Client client = client(pintle)) {
      for (KeyValue kv :
          client
              .getKVClient()
              .get(ByteSequence.from(new byte[1]), all)
              .get(TIME_MAX.toSeconds(), TimeUnit.SECONDS)
              .getKvs()) {
        found.put(kv.getKey().toString(StandardCharsets.UTF_8), kv.getModRevision());
      }
    }
    assertThat(found).containsAllEntriesOf(acknowledged);
  }

  private void requireServedAfterAStart(Path data) throws Exception {
    try (RunningPintle pintle = RunningPintle.etcdOnly(data)) {
      requireServed(pintle);
    }
  }

  private static Client client(RunningPintle pintle) {
    return Client.builder().endpoints(pintle.etcd()).build();
  }

  private static ByteSequence text(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }
}
