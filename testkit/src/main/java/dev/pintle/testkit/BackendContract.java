package dev.pintle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pintle.kernel.backend.BackendCapabilities;
import dev.pintle.kernel.backend.BackendProvider;
import dev.pintle.kernel.backend.BackendSettings;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Batch;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.OrderedKv.ReadTransaction;
import dev.pintle.kernel.keyspace.StorageFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole suite of a backend: the promises of [OrderedKvContract], what its provider says, many threads, and its end by `kill -9`.
///
/// Crashes are those of a process of its own: `-Dpintle.backend.kills=N` has it killed more often (3 times by default), and
/// `-Dpintle.backend.seed=N` repeats a run. What only a machine that loses its power can lose, no test here can show.
public abstract class BackendContract extends OrderedKvContract {
  private static final int KILLS_USUAL = 3;
  private static final int READERS = 4;
  private static final int BATCHES_UNDER_READERS = 400;

  @TempDir private Path folder;

  /// The provider under test; it needs a public constructor without parameters.
  protected abstract BackendProvider provider();

  /// The options that the backend is opened with.
  protected Map<String, String> options() {
    return Map.of();
  }

  /// Opens the backend in a folder of the test's, by name.
  protected final OrderedKv open(String name) {
    return provider()
        .open(
            new BackendSettings(
                folder.resolve(name).toString(), options(), BackendSettings.FILES_OPEN_USUAL));
  }

  /// A folder for the test.
  protected final Path folder() {
    return folder;
  }

  @Override
  protected final OrderedKv open() {
    return open("contract");
  }

  private boolean isDurable() {
    return provider().capabilities().durable();
  }

  @Test
  void itsNameIsOneThatCanBeChosen() {
    assertThat(provider().name()).matches("[a-z][a-z0-9-]{0,31}");
    assertThat(provider().options()).doesNotContain("\n");
  }

  @Test
  void itSaysThatItCanDoWhatTheProgramNeeds() {
    BackendCapabilities can = provider().capabilities();
    assertThat(can.snapshots()).isTrue();
    assertThat(can.keyBytesMax()).isGreaterThanOrEqualTo(BackendCapabilities.KEY_BYTES_NEEDED);
  }

  @Test
  void anUnknownOptionIsRefusedByName() {
    assertThatThrownBy(() ->
            provider()
                .open(
                    new BackendSettings(
                        folder.resolve("option").toString(),
                        Map.of("no-such-option", "1"),
                        BackendSettings.FILES_OPEN_USUAL)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no-such-option");
  }

  @Test
  void whatWasFlushedIsThereAfterOpeningAgain() {
    assumeTrue(isDurable());
    try (OrderedKv kv = open("again")) {
      putIn(kv, "a", "1");
      putIn(kv, "b", "");
      kv.flush();
    }
    try (OrderedKv kv = open("again")) {
      assertThat(entries(kv.reader(), Bucket.META, "", null)).containsExactly("a=1", "b=");
      putIn(kv, "a", "2");
      kv.flush();
    }
    try (OrderedKv kv = open("again")) {
      assertThat(entries(kv.reader(), Bucket.META, "", null)).containsExactly("a=2", "b=");
    }
  }

  @Test
  void twoFoldersKnowNothingOfEachOther() {
    try (OrderedKv one = open("one");
        OrderedKv other = open("other")) {
      putIn(one, "a", "1");
      assertThat(entries(other.reader(), Bucket.META, "", null)).isEmpty();
    }
  }

  @Test
  void aClosedBackendRefusesEveryCall() {
    assumeTrue(isDurable());
    OrderedKv kv = open("closed");
    putIn(kv, "a", "1");
    ReadTransaction read = kv.beginRead();
    Batch batch = kv.beginBatch();
    batch.put(Bucket.META, bytes("b"), bytes("1"));
    OrderedKv.Reader reader = kv.reader();
    kv.close();
    kv.close();
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> reader.get(Bucket.META, bytes("a")),
            () -> reader.scan(Bucket.META, bytes(""), null, (key, value) -> true),
            () -> read.get(Bucket.META, bytes("a")),
            () -> kv.beginRead(),
            batch::commit,
            kv::flush)) {
      assertThatThrownBy(call)
          .isInstanceOfSatisfying(
              StorageFailure.class,
              failure -> assertThat(failure.kind()).isEqualTo(StorageFailure.Kind.CLOSED));
    }
    read.close();
    batch.close();
  }

  @Test
  void readersOnManyThreadsSeeWholeBatchesOnly() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    try (OrderedKv kv = open("threads");
        ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
      List<Future<Long>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(threads.submit(() -> readUntil(ended, kv)));
      }
      try {
        for (int i = 1; i <= BATCHES_UNDER_READERS; i++) {
          commitEverywhere(kv, "%06d".formatted(i));
          if (i % 100 == 0) {
            kv.flush();
          }
        }
      } finally {
        ended.set(true);
      }
      for (Future<Long> reader : readers) {
        assertThat(reader.get(60, TimeUnit.SECONDS)).isPositive();
      }
    }
  }

  private static void commitEverywhere(OrderedKv kv, String number) {
    try (Batch batch = kv.beginBatch()) {
      batch.put(Bucket.REVISIONS, bytes("a"), bytes(number));
      batch.put(Bucket.REVISIONS, bytes("z" + number), bytes(number));
      batch.put(Bucket.META, bytes("a"), bytes(number));
      batch.put(Bucket.LEASES, bytes("a"), bytes(number));
      batch.commit();
    }
  }

  /// Answers how many moments were looked at.
  private static long readUntil(AtomicBoolean ended, OrderedKv kv) {
    long moments = 0;
    String before = "";
    while (!ended.get() || moments == 0) {
      try (ReadTransaction read = kv.beginRead()) {
        List<String> records = entries(read, Bucket.REVISIONS, "", null);
        String number = records.isEmpty() ? "" : records.getFirst().substring(2);
        assertThat(number).isGreaterThanOrEqualTo(before);
        before = number;
        for (Bucket bucket : List.of(Bucket.META, Bucket.LEASES)) {
          assertThat(entries(read, bucket, "", null))
              .isEqualTo(number.isEmpty() ? List.of() : List.of("a=" + number));
        }
        if (!number.isEmpty()) {
          assertThat(records).hasSize(1 + Integer.parseInt(number));
          assertThat(records.getLast()).isEqualTo("z" + number + "=" + number);
        }
        moments++;
      }
    }
    return moments;
  }

  @Test
  void aScanIsOfOneMomentWhileBatchesAreCommitted() throws Exception {
    assumeTrue(provider().capabilities().concurrentReaders());
    try (OrderedKv kv = open("scan");
        ExecutorService other = Executors.newSingleThreadExecutor()) {
      putIn(kv, "a", "1");
      putIn(kv, "b", "1");
      List<String> seen = new ArrayList<>();
      kv.reader()
          .scan(
              Bucket.META,
              bytes(""),
              null,
              (key, value) -> {
                if (seen.isEmpty()) {
                  await(other.submit(() -> putIn(kv, "b", "2")));
                  await(other.submit(() -> putIn(kv, "c", "2")));
                }
                return seen.add(text(key) + "=" + text(value));
              });
      assertThat(seen).containsExactly("a=1", "b=1");
      assertThat(entries(kv.reader(), Bucket.META, "", null)).containsExactly("a=1", "b=2", "c=2");
    }
  }

  private static void await(Future<?> task) {
    try {
      task.get(60, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new AssertionError("a commit waits for a scan", e);
    }
  }

  @Test
  void killedAtAnyMomentItHoldsWholeBatchesUpToSomeOne() throws Exception {
    assumeTrue(isDurable());
    long seed = Long.getLong("pintle.backend.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    long floor = 0;
    for (int kill = 0; kill < Integer.getInteger("pintle.backend.kills", KILLS_USUAL); kill++) {
      floor = Math.max(floor, killAfterLines(random.nextInt(1, 12), random.nextLong()));
      try (OrderedKv kv = open("killed")) {
        long last = CrashedWriter.last(kv.reader());
        assertThat(last).as("seed %d kill %d: flushed", seed, kill).isGreaterThanOrEqualTo(floor);
        assertThat(CrashedWriter.fault(kv.reader())).as("seed %d kill %d", seed, kill).isEmpty();
        floor = last;
        kv.flush();
      }
    }
  }

  /// Answers the number of the last batch that the writer knew to be flushed.
  private long killAfterLines(int lines, long seed) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                CrashedWriter.class.getName(),
                provider().getClass().getName(),
                folder.resolve("killed").toString(),
                Long.toString(seed)));
    options().forEach((name, value) -> command.add(name + "=" + value));
    Process writer =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    long flushed = 0;
    try (BufferedReader told = writer.inputReader()) {
      for (int i = 0; i < lines; i++) {
        String line = told.readLine();
        assertThat(line).as("the writer ended by itself").isNotNull();
        flushed = Long.parseLong(line);
      }
      // In the middle of the batches behind that line, or of their flush.
      // Not that of the process, which closes the stream: what was told before the end counts.
      writer.toHandle().destroyForcibly();
      for (String line = told.readLine(); line != null; line = told.readLine()) {
        flushed = Long.parseLong(line);
      }
    } finally {
      writer.destroyForcibly().waitFor();
    }
    return flushed;
  }

  private static void putIn(OrderedKv kv, String key, String value) {
    try (Batch batch = kv.beginBatch()) {
      batch.put(Bucket.META, bytes(key), bytes(value));
      batch.commit();
    }
  }
}
