package dev.pintle.member.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.member.disk.DiskFull;
import dev.pintle.member.disk.SimulatedDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A log that lacks room or descriptors for a while.
class SegmentLogRoomTest {
  private static final LogConfig SMALL = new LogConfig(4096, 1024);
  private static final int APPENDS_MAX = 1000;
  private static final byte[] ENTRY = new byte[500];

  private final SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
  private SegmentLog log;

  @BeforeEach
  void open() throws IOException {
    log = SegmentLog.open(disk, SMALL, () -> 42, nothing -> {});
  }

  private long append() throws IOException {
    LogBatch batch = new LogBatch();
    batch.clear();
    batch.add(ENTRY, 0, ENTRY.length);
    return log.append(batch);
  }

  private void append(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      append();
    }
  }

  private long appendUntilRefused() {
    long last = log.lastIndex();
    for (int i = 0; i < APPENDS_MAX; i++) {
      try {
        last = append();
      } catch (LogUnavailable refused) {
        return last;
      } catch (IOException failed) {
        throw new AssertionError(failed);
      }
    }
    throw new AssertionError("never refused");
  }

  private List<Long> reopened() throws IOException {
    log.close();
    open();
    List<Long> found = new ArrayList<>();
    log.replay(1, (index, entry) -> found.add(index));
    return found;
  }

  @Test
  void withoutADescriptorForTheNextSegmentTheNewestOneGrows() throws IOException {
    disk.exhaustDescriptors(true);
    append(20);
    assertThat(disk.names()).hasSize(1);
    disk.exhaustDescriptors(false);
    append(1);
    assertThat(disk.names()).hasSize(2);
    assertThat(reopened()).hasSize(21);
  }

  @Test
  void aSegmentDoesNotGrowWithoutEnd() throws IOException {
    disk.exhaustDescriptors(true);
    long last = appendUntilRefused();
    assertThat(last).isBetween(30L, 40L);
    assertThatThrownBy(this::append)
        .isInstanceOf(LogUnavailable.class)
        .hasMessageContaining("too many open files");
    disk.exhaustDescriptors(false);
    assertThat(append()).isEqualTo(last + 1);
    assertThat(reopened()).hasSize((int) last + 1);
  }

  @Test
  void whenThereIsRoomAgainWritingGoesOn() throws IOException {
    append(2);
    disk.leaveRoom(1000);
    long last = appendUntilRefused();
    assertThatThrownBy(this::append).hasCauseInstanceOf(DiskFull.class);
    disk.leaveRoom(Long.MAX_VALUE);
    assertThat(append()).isEqualTo(last + 1);
    append(20);
    assertThat(reopened()).hasSize((int) last + 21);
  }

  @Test
  void aSegmentThatWasBegunHalfIsBegunAgain() throws IOException {
    append(8);
    disk.leaveRoom(100);
    long last = appendUntilRefused();
    assertThat(disk.names()).hasSize(2);
    disk.leaveRoom(Long.MAX_VALUE);
    append(10);
    assertThat(reopened()).hasSize((int) last + 10);
  }

  @Test
  void aSegmentThatWasBegunHalfIsDroppedByTheNextStart() throws IOException {
    append(8);
    disk.leaveRoom(100);
    long last = appendUntilRefused();
    disk.leaveRoom(Long.MAX_VALUE);
    assertThat(reopened()).hasSize((int) last);
  }

  /// The disk that the log writes to tells of a failed force once, and takes what it was to force for clean.
  @Test
  void afterAForceThatFailedTheNextEntryGoesToANewFile() throws IOException {
    append(2);
    disk.failAfter(1);
    assertThatThrownBy(this::append)
        .isNotInstanceOf(LogUnavailable.class)
        .hasMessageContaining("the disk failed");
    disk.heal();
    assertThat(append()).isEqualTo(3);
    assertThat(disk.names()).hasSize(2);
    disk.crash();
    open();
    assertThat(replayed()).containsExactly(1L, 2L, 3L);
  }

  /// Whether the entry of the failed append comes back is a matter of luck, but what was found once stays.
  @Test
  void whatAnOpeningFoundIsThereAfterEveryCrashBehindIt() throws IOException {
    for (int seed = 0; seed < 300; seed++) {
      SimulatedDisk failing = new SimulatedDisk(new SplittableRandom(seed));
      LogBatch batch = new LogBatch();
      batch.add(ENTRY, 0, ENTRY.length);
      SegmentLog first = SegmentLog.open(failing, SMALL, () -> 42, Runnable::run);
      first.append(batch);
      failing.failAfter(1);
      assertThatThrownBy(() -> first.append(batch)).isInstanceOf(IOException.class);
      failing.heal();
      if (seed % 2 == 0) {
        failing.crash();
      }
      long found = SegmentLog.open(failing, SMALL, () -> 43, Runnable::run).lastIndex();
      failing.crash();
      assertThat(SegmentLog.open(failing, SMALL, () -> 44, Runnable::run).lastIndex())
          .as("seed %d", seed)
          .isEqualTo(found)
          .isBetween(1L, 2L);
    }
  }

  @Test
  void aNewFileThatCannotBeBegunIsTriedAgainAndTheSuspectOneLeftAlone() throws IOException {
    append(2);
    disk.failAfter(1);
    assertThatThrownBy(this::append).isInstanceOf(IOException.class);
    for (int operations = 0; operations < 4; operations++) {
      disk.failAfter(operations);
      assertThatThrownBy(this::append).isInstanceOf(LogUnavailable.class);
    }
    disk.heal();
    log.recover();
    assertThat(append()).isEqualTo(3);
    disk.crash();
    open();
    assertThat(replayed()).containsExactly(1L, 2L, 3L);
  }

  private List<Long> replayed() throws IOException {
    List<Long> found = new ArrayList<>();
    log.replay(1, (index, entry) -> found.add(index));
    return found;
  }
}
