package dev.pintle.member.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.member.StoreView.Found;
import dev.pintle.member.clock.ManualClock;
import dev.pintle.member.core.MemberCore.Parts;
import dev.pintle.member.disk.SimulatedDisk;
import dev.pintle.member.log.LogConfig;
import dev.pintle.member.log.SegmentLog;
import dev.pintle.member.log.UnreadableFile;
import dev.pintle.storage.memory.CrashableKv;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The member on a disk that fails and loses power at any operation: what was acknowledged stays, at its revision.
class MemberCrashTest {
  private static final LogConfig LOG = new LogConfig(4096, 1024);
  private static final MemberConfig MEMBER =
      new MemberConfig(1000, 1 << 20, 8, 1 << 16, 1 << 16, 2000, Duration.ZERO, 5);
  private static final int KEYS = 12;

  @Test
  void nothingAcknowledgedIsLostAndNoRevisionIsReused() throws IOException {
    for (long seed = 1; seed <= 400; seed++) {
      new History(seed).run();
    }
  }

  @Test
  void theSameSeedEndsInTheSameState() throws IOException {
    for (long seed = 1; seed <= 20; seed++) {
      assertThat(new History(seed).run()).as("seed %d", seed).isEqualTo(new History(seed).run());
    }
  }

  /// One member through several lives.
  private static final class History {
    private final long seed;
    private final SplittableRandom random;
    private final SimulatedDisk disk;
    private final CrashableKv store = new CrashableKv();
    private final ManualClock clock = new ManualClock();

    /// Acknowledged writes: revision to `key=value`.
    private final TreeMap<Long, String> acknowledged = new TreeMap<>();

    private long counter;

    History(long seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      this.disk = new SimulatedDisk(random.split());
    }

    String run() throws IOException {
      for (int life = 0; life < 5; life++) {
        disk.failAfter(20 + random.nextInt(150));
        live();
        store.crash(random.nextInt(store.unflushedBatches() + 1));
        disk.crash();
      }
      MemberCore core = open();
      check(core);
      return core.root().revision() + " " + acknowledged;
    }

    private MemberCore open() throws IOException {
      SegmentLog log = SegmentLog.open(disk, LOG, () -> 7, Runnable::run);
      return MemberCore.open(new Parts(log, store, IndexFile.in(disk), clock), MEMBER);
    }

    private void live() {
      try {
        MemberCore core = open();
        check(core);
        while (core.stopReason().isEmpty()) {
          step(core);
        }
        while (core.applyStep()) {
          assertThat(core.stopReason()).isPresent();
        }
      } catch (UnreadableFile unreadable) {
        throw new AssertionError("seed %d: refused after a crash".formatted(seed), unreadable);
      } catch (IOException theDiskFailed) {
        // The disk failed while opening or at a checkpoint: as good a place to crash as any.
      }
    }

    private void step(MemberCore core) throws IOException {
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> put(core);
        case 3, 4 -> core.logStep();
        case 5, 6 -> core.applyStep();
        default -> {
          if (core.isCheckpointDue()) {
            core.checkpoint();
          }
          if (random.nextInt(10) == 0) {
            core.submit(new Command.Compact(core.view().revision()), outcome -> {});
          }
        }
      }
    }

    private void put(MemberCore core) {
      String key = "key " + random.nextInt(KEYS);
      String value = ++counter + "x".repeat(random.nextInt(300));
      core.submit(
          Command.Put.of(Bytes.utf8(key), Bytes.utf8(value)),
          outcome -> {
            if (outcome instanceof Outcome.Written written) {
              String before = acknowledged.put(written.revision(), key + "=" + value);
              assertThat(before).as("seed %d: revision reused", seed).isNull();
            }
          });
    }

    /// The newest acknowledged write of every key is there at its revision, or a later one that nobody was told of.
    private void check(MemberCore core) {
      assertThat(core.view().revision())
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo(acknowledged.isEmpty() ? 0 : acknowledged.lastKey());
      List<KeyValue> entries =
          ((Found) core.view().range(RangeRequest.of(KeyRange.ALL))).result().entries();
      TreeMap<Long, String> present = new TreeMap<>();
      for (KeyValue entry : entries) {
        present.put(entry.modRevision(), entry.key().utf8() + "=" + entry.value().utf8());
      }
      for (String key : keys()) {
        long told = newestOf(acknowledged, key);
        long found = newestOf(present, key);
        assertThat(found).as("seed %d: %s", seed, key).isGreaterThanOrEqualTo(told);
        if (found == told && told > 0) {
          assertThat(present.get(found)).as("seed %d", seed).isEqualTo(acknowledged.get(told));
        }
      }
      // What survived untold keeps its revision from now on, like the rest.
      acknowledged.putAll(present);
    }

    private static List<String> keys() {
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < KEYS; i++) {
        keys.add("key " + i);
      }
      return keys;
    }

    private static long newestOf(NavigableMap<Long, String> writes, String key) {
      return writes.descendingMap().entrySet().stream()
          .filter(write -> write.getValue().startsWith(key + "="))
          .mapToLong(Map.Entry::getKey)
          .findFirst()
          .orElse(0);
    }
  }
}
