package dev.pintle.member.log;

import static dev.pintle.member.log.CommitLogContract.append;
import static dev.pintle.member.log.CommitLogContract.batch;
import static dev.pintle.member.log.CommitLogContract.replayed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.pintle.member.disk.DiskFull;
import dev.pintle.member.disk.SimulatedDisk;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The segment log on a disk that loses power, ages and fills up.
class SegmentLogDamageTest {
  private static final LogConfig SMALL = new LogConfig(4096, 1024);
  private static final String FIRST = "00000000000000000001.log";

  private static SegmentLog open(SimulatedDisk disk) throws IOException {
    return SegmentLog.open(disk, SMALL, () -> 42, Runnable::run);
  }

  @Test
  void aCrashAnywhereLosesNothingAcknowledged() throws IOException {
    for (long seed = 1; seed <= 2000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      SimulatedDisk disk = new SimulatedDisk(random.split());
      long acknowledged = 0;
      for (int life = 0; life < 4; life++) {
        acknowledged = liveAndCrash(seed, random, disk, acknowledged);
      }
    }
  }

  /// Appends until the disk fails somewhere, and loses power.
  private static long liveAndCrash(
      long seed, SplittableRandom random, SimulatedDisk disk, long acknowledgedBefore)
      throws IOException {
    long acknowledged = acknowledgedBefore;
    disk.failAfter(random.nextInt(60));
    try (SegmentLog log = open(disk)) {
      assertThat(log.lastIndex())
          .as("seed %d: what was acknowledged is there", seed)
          .isGreaterThanOrEqualTo(acknowledged);
      acknowledged = log.lastIndex();
      checkEntries(log);
      while (true) {
        acknowledged = log.append(randomBatch(random, acknowledged));
      }
    } catch (UnreadableFile unreadable) {
      return fail("seed %d: a crash was taken for damage".formatted(seed), unreadable);
    } catch (IOException theDiskFailed) {
      disk.crash();
      return acknowledged;
    }
  }

  private static LogBatch randomBatch(SplittableRandom random, long lastIndex) {
    String[] entries = new String[1 + random.nextInt(5)];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = entry(lastIndex + 1 + i);
    }
    return batch(entries);
  }

  private static void checkEntries(SegmentLog log) throws IOException {
    int index = 1;
    for (String entry : replayed(log, 1)) {
      assertThat(entry).isEqualTo(index + ":" + entry(index));
      index++;
    }
    assertThat(index - 1).isEqualTo(log.lastIndex());
  }

  private static String entry(long index) {
    return index + " " + "x".repeat((int) (index * 37 % 700));
  }

  @Test
  void everyDamagedBitInTheMiddleIsRefused() throws IOException {
    for (int at = 0; at < 600; at++) {
      SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(at));
      try (SegmentLog log = open(disk)) {
        append(log, "x".repeat(500));
        append(log, "last");
      }
      if (at >= SegmentHeader.SIZE_BYTES + Frame.HEADER_BYTES + 4 + 500
          || (at >= 12 && at < 16)
          || (at >= 40 && at < SegmentHeader.SIZE_BYTES)) {
        continue; // padding, and bytes of the header that mean nothing
      }
      disk.damage(FIRST, at);
      int damagedAt = at;
      assertThatThrownBy(() -> open(disk))
          .as("byte %d", damagedAt)
          .isInstanceOf(UnreadableFile.class)
          .hasMessageContaining(FIRST);
    }
  }

  @Test
  void aDamagedOldSegmentIsRefusedWithItsPlace() throws IOException {
    SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
    try (SegmentLog log = open(disk)) {
      append(log, "x".repeat(5000));
      append(log, "second segment");
    }
    disk.damage(FIRST, 3000);
    assertThatThrownBy(() -> open(disk))
        .isInstanceOfSatisfying(
            UnreadableFile.Corrupt.class,
            corrupt -> {
              assertThat(corrupt.file()).endsWith(FIRST);
              assertThat(corrupt.offset()).isEqualTo(SegmentHeader.SIZE_BYTES);
            });
  }

  @Test
  void aMissingSegmentIsRefused() throws IOException {
    SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
    try (SegmentLog log = open(disk)) {
      append(log, "x".repeat(5000));
      append(log, "y".repeat(5000));
      append(log, "z");
    }
    disk.delete("%020d.log".formatted(2));
    assertThatThrownBy(() -> open(disk))
        .isInstanceOf(UnreadableFile.Corrupt.class)
        .hasMessageContaining("begins at index 3 (expected: 2");
  }

  /// A value that holds the bytes of a whole frame is not taken for one when its own frame is torn.
  @Test
  void aValueThatLooksLikeAFrameDoesNotMakeATornEndCorrupt() throws IOException {
    SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
    LogBatch forged = batch("forged");
    Frame.seal(forged.frame(), forged.sizeBytes(), 7, 99, 1, 0);
    byte[] value = new byte[400];
    System.arraycopy(forged.frame(), 0, value, 0, forged.sizeBytes());
    try (SegmentLog log = open(disk)) {
      append(log, "first");
      LogBatch batch = new LogBatch();
      batch.add(value);
      log.append(batch);
    }
    disk.damage(FIRST, 64 + 40 + 24 + 4 + 399);
    try (SegmentLog log = open(disk)) {
      assertThat(replayed(log, 1)).containsExactly("1:first");
    }
  }

  @Test
  void aFullDiskIsNamedAndTheLogIsAsItWas() throws IOException {
    SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
    SegmentLog log = open(disk);
    append(log, "a");
    disk.leaveRoom(100);
    assertThatThrownBy(() -> append(log, "x".repeat(3000))).hasCauseInstanceOf(DiskFull.class);
    disk.leaveRoom(Long.MAX_VALUE);
    try (SegmentLog reopened = open(disk)) {
      assertThat(replayed(reopened, 1)).containsExactly("1:a");
      append(reopened, "b");
    }
  }
}
