package dev.pintle.member.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.kernel.watch.EventLog;
import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.member.Member;
import dev.pintle.member.StoreView;
import dev.pintle.member.WatchHub.Notice;
import dev.pintle.member.WatchHub.Sink;
import dev.pintle.member.WatchHub.Spec;
import dev.pintle.member.WatchHub.Stream;
import dev.pintle.member.core.MemberConfig;
import dev.pintle.member.log.LogConfig;
import dev.pintle.member.watch.WatchConfig;
import dev.pintle.storage.rocksdb.RocksConfig;
import dev.pintle.storage.rocksdb.RocksKv;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Goal: real threads see what one thread would. Method: writers, each with keys of its own, read back what they were told;
/// watchers, some of which take nothing for a while, must be given every revision once and in order.
class StressTest {
  private static final int WRITERS = 8;
  private static final int WRITES_EACH = 1500;
  private static final int WATCHERS = 6;

  private static final Settings SETTINGS =
      new Settings(
          new MemberConfig(
              1000, 16 << 20, 16, 1 << 20, 1 << 18, 1 << 18, Duration.ofMillis(20), 50),
          new LogConfig(256 << 10, 16 << 10),
          new WatchConfig(
              new EventLog.Limits(64, 1 << 20), Duration.ofMinutes(10), 8, 50, 1 << 16));

  @TempDir Path folder;

  private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();

  @Test
  void writersReadWhatTheyWroteAndWatchersMissNothing() throws Exception {
    long seed = System.nanoTime();
    System.out.println("StressTest seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    RocksConfig store = new RocksConfig(256 << 10, 2, 1 << 20, 1, 64);
    try (LocalMember member =
            LocalMember.open(folder, path -> RocksKv.open(path, store), SETTINGS);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Follower> followers = new ArrayList<>();
      for (int i = 0; i < WATCHERS; i++) {
        followers.add(new Follower(member, random.split(), i >= WATCHERS / 2));
      }
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        String name = "writer " + i;
        SplittableRandom own = random.split();
        writers.add(threads.submit(() -> write(member, name, own)));
      }
      for (Future<?> writer : writers) {
        writer.get(120, TimeUnit.SECONDS);
      }
      for (Follower follower : followers) {
        follower.awaitEnd();
      }
    }
    assertThat(faults).isEmpty();
  }

  private void write(Member member, String name, SplittableRandom random) {
    for (int i = 0; i < WRITES_EACH; i++) {
      String key = name + " key " + random.nextInt(20);
      String value = name + " " + i;
      Outcome outcome = member.execute(Command.Put.of(Bytes.utf8(key), Bytes.utf8(value)));
      if (outcome instanceof Outcome.Written written) {
        expectRead(member.view(), key, value, written.revision());
      } else {
        faults.add("put: " + outcome);
      }
    }
  }

  private void expectRead(StoreView view, String key, String value, long revision) {
    RangeRequest request = RangeRequest.of(KeyRange.point(Bytes.utf8(key)));
    if (view.range(request) instanceof StoreView.Found found) {
      KeyValue read = found.result().entries().getFirst();
      if (!read.value().utf8().equals(value) || read.modRevision() != revision) {
        faults.add("wrote %s at %d, read %s".formatted(value, revision, read));
      }
    } else {
      faults.add("not readable: " + key);
    }
  }

  /// A watcher of everything from the beginning that counts revisions.
  private final class Follower implements Sink {
    private final SplittableRandom random;
    private final boolean slow;
    private final Stream stream;
    private final CountDownLatch end = new CountDownLatch(1);
    private long next = 2;

    Follower(Member member, SplittableRandom random, boolean slow) {
      this.random = random;
      this.slow = slow;
      this.stream = member.watches().open(this);
      stream.create(1, new Spec(KeyRange.ALL, 2, true, true, true, false));
    }

    @Override
    public boolean accept(List<Notice> notices) {
      for (Notice notice : notices) {
        if (notice instanceof Notice.Events events) {
          events.events().forEach(this::take);
        } else if (notice instanceof Notice.Compacted) {
          faults.add("compacted: " + notice);
        }
      }
      if (slow && random.nextInt(4) == 0) {
        resumeLater();
        return false;
      }
      return true;
    }

    private void take(WatchEvent event) {
      if (event.revision() != next) {
        faults.add("expected revision %d, got %d".formatted(next, event.revision()));
      }
      if (event.current().version() > 1 && event.previous() == null) {
        faults.add("no previous at " + event.revision());
      }
      next = event.revision() + 1;
      if (next == 2 + WRITERS * WRITES_EACH) {
        end.countDown();
      }
    }

    private void resumeLater() {
      Thread.ofVirtual().start(stream::resume);
    }

    void awaitEnd() throws InterruptedException {
      if (!end.await(120, TimeUnit.SECONDS)) {
        faults.add("a watcher waits for revision " + next);
      }
    }
  }
}
