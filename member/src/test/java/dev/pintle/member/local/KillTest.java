package dev.pintle.member.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.member.StoreView;
import dev.pintle.member.core.MemberConfig;
import dev.pintle.member.log.LogConfig;
import dev.pintle.member.watch.WatchConfig;
import dev.pintle.storage.rocksdb.RocksConfig;
import dev.pintle.storage.rocksdb.RocksKv;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Goal: nothing acknowledged is lost, and no revision is given twice, however often the process is killed.
/// Method: a child process writes and prints what was acknowledged; it is killed after a random number of lines; this process
/// opens what is left and compares. `-Dpintle.kills=200` for the long run.
class KillTest {
  private static final int KILLS = Integer.getInteger("pintle.kills", 20);
  private static final int LINES_MAX = 4000;

  /// Small, so that segments, memtables and checkpoints come and go between two kills.
  static final RocksConfig STORE = new RocksConfig(256 << 10, 2, 1 << 20, 1, 64);

  static final Settings SETTINGS =
      new Settings(
          new MemberConfig(
              1000, 16 << 20, 64, 1 << 20, 1 << 20, 1 << 20, Duration.ofMillis(50), 200),
          new LogConfig(256 << 10, 16 << 10),
          WatchConfig.DEFAULT);

  @TempDir Path folder;

  /// Where children unpack the library of the store: a killed one leaves it behind.
  @TempDir Path unpacked;

  private record Told(String key, int valueHash) {}

  private final TreeMap<Long, Told> acknowledged = new TreeMap<>();

  @Test
  void nothingAcknowledgedIsLostToAKill() throws Exception {
    long seed = System.nanoTime();
    System.out.println("KillTest seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      writeAndKill(random.nextInt(1000), 1 + random.nextInt(LINES_MAX));
      check();
    }
    assertThat(acknowledged).hasSizeGreaterThan(KILLS);
  }

  private void writeAndKill(long seed, int linesUntilKill) throws Exception {
    Process child = start(seed);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      int count = 0;
      String line = lines.readLine();
      while (line != null) {
        note(line);
        count++;
        if (count == linesUntilKill) {
          child.toHandle().destroyForcibly();
        }
        line = lines.readLine();
      }
      assertThat(count).as("lines of a child").isGreaterThanOrEqualTo(linesUntilKill);
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private Process start(long seed) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + unpacked,
            "-cp",
            classPath,
            KilledWriter.class.getName(),
            folder.toString(),
            Long.toString(seed));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /// The last line may be cut by the kill; one that is not has four fields.
  private void note(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length < 4) {
      return;
    }
    long revision = Long.parseLong(fields[0]);
    Told told = new Told(fields[1], Integer.parseInt(fields[2]));
    assertThat(acknowledged.put(revision, told)).as("revision %d twice", revision).isNull();
  }

  private void check() throws IOException {
    try (LocalMember member =
        LocalMember.open(folder, store -> RocksKv.open(store, STORE), SETTINGS)) {
      StoreView view = member.view();
      assertThat(view.revision()).isGreaterThanOrEqualTo(acknowledged.lastKey());
      checkNewest(view);
      checkHistory(view);
    }
  }

  private void checkNewest(StoreView view) {
    Map<String, Long> newest = new HashMap<>();
    acknowledged.forEach((revision, told) -> newest.put(told.key, revision));
    newest.forEach((key, revision) ->
        assertThat(read(view, key, 0).modRevision())
            .as("%s, told at %d", key, revision)
            .isGreaterThanOrEqualTo(revision));
  }

  private void checkHistory(StoreView view) {
    long readable = Math.max(1, view.compactedRevision());
    acknowledged
        .tailMap(readable, true)
        .forEach((revision, told) -> {
          KeyValue found = read(view, told.key, revision);
          assertThat(found.modRevision()).as("%s", told.key).isEqualTo(revision);
          assertThat(found.value().utf8().hashCode())
              .as("value of revision %d", revision)
              .isEqualTo(told.valueHash);
        });
  }

  private static KeyValue read(StoreView view, String key, long revision) {
    RangeRequest request = RangeRequest.of(KeyRange.point(Bytes.utf8(key))).at(revision);
    StoreView.ReadOutcome outcome = view.range(request);
    assertThat(outcome).as("%s at %d", key, revision).isInstanceOf(StoreView.Found.class);
    List<KeyValue> entries = ((StoreView.Found) outcome).result().entries();
    assertThat(entries).as("%s at %d", key, revision).hasSize(1);
    return entries.getFirst();
  }
}
