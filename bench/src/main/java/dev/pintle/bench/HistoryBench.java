package dev.pintle.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Ten thousand keys overwritten for ten minutes, on the real pair and then on Pintle, both of which compact all the while: what
/// lies on the disk and in memory has to level off.
final class HistoryBench {
  static final String WORD = "history";

  private static final int KEYS = 10_000;
  private static final int VALUE_BYTES = 1024;
  private static final int PUTS_PER_SECOND = 4_000;
  private static final long SECONDS_FULL = 600;
  private static final long SECONDS_MIN = 20;

  /// So many intervals of compaction, and as many samples, in one run.
  private static final long INTERVALS = 20;

  private final Options options;
  private final Duration interval;

  private HistoryBench(Options options) {
    this.options = options;
    long seconds = Math.max(SECONDS_MIN, Math.round(SECONDS_FULL * options.scale()));
    this.interval = Duration.ofMillis(seconds * 1000 / INTERVALS);
  }

  static void run(Options options) throws IOException, InterruptedException {
    try (WorkFolder work = WorkFolder.make("pintle-history")) {
      new HistoryBench(options).both(work.path());
    }
    System.out.println("written: " + options.output());
  }

  private void both(Path work) throws IOException, InterruptedException {
    String flag = "--etcd-compaction-interval=%dms".formatted(interval.toMillis());
    List<DiskAndMemory> peer =
        overwrite(new RealPair.Kind(options.peers(), flag), work.resolve("peer"));
    List<DiskAndMemory> ours =
        overwrite(new Pintle.Kind(options.launcher(), List.of(flag)), work.resolve("pintle"));
    Files.writeString(options.output(), report(peer, ours));
  }

  private List<DiskAndMemory> overwrite(Contender.Kind kind, Path data)
      throws IOException, InterruptedException {
    List<DiskAndMemory> samples = new ArrayList<>();
    try (Contender contender = kind.start(data)) {
      samples.add(DiskAndMemory.of(contender, data));
      Process load = load(contender.etcd());
      try {
        while (!load.waitFor(interval.toMillis(), TimeUnit.MILLISECONDS)
            && samples.size() < 2 * INTERVALS) {
          DiskAndMemory sample = DiskAndMemory.of(contender, data);
          samples.add(sample);
          System.out.printf("%s: %s%n", kind.name(), sample);
        }
        if (load.isAlive() || load.exitValue() != 0) {
          throw new IOException("benchmark put: did not come to its end (expected: exit 0)");
        }
      } finally {
        load.destroyForcibly();
      }
    }
    return samples;
  }

  private Process load(String etcd) throws IOException {
    long seconds = interval.multipliedBy(INTERVALS).toSeconds();
    return new ProcessBuilder(
            options.tools().resolve("benchmark").toString(),
            "--endpoints=" + etcd,
            "--conns=4",
            "--clients=64",
            "put",
            "--key-size=12",
            "--val-size=" + VALUE_BYTES,
            "--key-space-size=" + KEYS,
            "--rate=" + PUTS_PER_SECOND,
            "--total=" + seconds * PUTS_PER_SECOND)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private String report(List<DiskAndMemory> peer, List<DiskAndMemory> ours) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        ## History, %s, %s

        %,d keys of %d B overwritten at %,d puts a second, compacted every %.1f s, which is also how often it was measured. The disk is
        the sum of the files of the data folder; the memory of the pair is etcd's alone.

        | After s | etcd disk MB | Pintle disk MB | etcd RSS MB | Pintle RSS MB |
        |---|---|---|---|---|
        """
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                Machine.describe(),
                KEYS,
                VALUE_BYTES,
                PUTS_PER_SECOND,
                interval.toMillis() / 1000.0));
    for (int i = 0; i < Math.min(peer.size(), ours.size()); i++) {
      DiskAndMemory theirs = peer.get(i);
      DiskAndMemory mine = ours.get(i);
      text.append(
          "| %.0f | %d | %d | %d | %d |%n"
              .formatted(
                  interval.multipliedBy(i).toMillis() / 1000.0,
                  theirs.diskBytes() >> 20,
                  mine.diskBytes() >> 20,
                  theirs.residentBytes() >> 20,
                  mine.residentBytes() >> 20));
    }
    return text.toString();
  }
}
