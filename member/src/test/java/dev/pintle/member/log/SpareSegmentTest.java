package dev.pintle.member.log;

import static dev.pintle.member.log.CommitLogContract.replayed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.member.disk.RealDisk;
import dev.pintle.member.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The file that is made before the log needs it.
class SpareSegmentTest {
  private static final LogConfig SMALL = new LogConfig(4096, 1024);
  private static final int FILLED_BYTES = 4096 + 1024;
  private static final String ENTRY = "x".repeat(200);

  private final SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
  private final ArrayDeque<Runnable> aside = new ArrayDeque<>();

  private SegmentLog open() throws IOException {
    return SegmentLog.open(disk, SMALL, () -> 42, aside::add);
  }

  private void runAside() {
    while (!aside.isEmpty()) {
      aside.remove().run();
    }
  }

  private static void append(SegmentLog log, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      CommitLogContract.append(log, ENTRY);
    }
  }

  @Test
  void aLogThatIsHardlyWrittenHasNone() throws IOException {
    try (SegmentLog log = open()) {
      append(log, 3);
      assertThat(aside).isEmpty();
    }
  }

  @Test
  void insteadOfGrowingASegmentIsFollowedByTheOneMadeAhead() throws IOException {
    try (SegmentLog log = open()) {
      append(log, 5);
      runAside();
      assertThat(disk.names()).contains(SpareSegment.NAME);
      append(log, 5);
      assertThat(disk.names()).hasSize(2).doesNotContain(SpareSegment.NAME);
      String second = disk.names().getLast();
      assertThat(disk.contents(second)).hasSize(FILLED_BYTES);
      runAside();
      append(log, 40);
      assertThat(disk.contents(second)).as("never grown").hasSize(FILLED_BYTES);
    }
    try (SegmentLog log = open()) {
      assertThat(replayed(log, 1)).hasSize(50);
    }
  }

  @Test
  void aFrameThatDoesNotFitInItLetsTheSegmentGrow() throws IOException {
    try (SegmentLog log = open()) {
      append(log, 5);
      runAside();
      CommitLogContract.append(log, "y".repeat(2 * FILLED_BYTES));
      assertThat(disk.names()).contains(SpareSegment.NAME).hasSize(2);
      append(log, 1);
      assertThat(disk.names()).hasSize(2).doesNotContain(SpareSegment.NAME);
      assertThat(replayed(log, 1)).hasSize(7);
    }
  }

  @Test
  void whileItIsNotThereTheSegmentGrows() throws IOException {
    try (SegmentLog log = open()) {
      append(log, 50);
      assertThat(aside).as("one for each segment at most").hasSizeBetween(2, disk.names().size());
      assertThat(replayed(log, 1)).hasSize(50);
    }
  }

  @Test
  void whereTheDiskHasLittleRoomThereIsNone() throws IOException {
    try (SegmentLog log = open()) {
      append(log, 5);
      disk.leaveRoom(16 * FILLED_BYTES - 1);
      runAside();
      assertThat(disk.names()).hasSize(1);
      append(log, 20);
      assertThat(replayed(log, 1)).hasSize(25);
    }
  }

  @Test
  void whatCannotBeMadeIsDoneWithout() throws IOException {
    try (SegmentLog log = open()) {
      append(log, 5);
      disk.exhaustDescriptors(true);
      runAside();
      append(log, 20);
      assertThat(disk.names()).hasSize(1);
      disk.exhaustDescriptors(false);
      append(log, 20);
      assertThat(replayed(log, 1)).hasSize(45);
    }
  }

  @Test
  void whatTheProcessBeforeLeftIsRemoved() throws IOException {
    SegmentLog before = open();
    append(before, 5);
    runAside();
    disk.crash();
    try (SegmentLog log = open()) {
      assertThat(disk.names()).doesNotContain(SpareSegment.NAME);
      assertThat(replayed(log, 1)).hasSize(5);
    }
  }

  @Test
  void closingEndsWhatIsBeingMade(@TempDir Path folder) throws IOException {
    RealDisk real = RealDisk.open(folder);
    LogConfig large = new LogConfig(64 << 20, 1 << 20);
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      try (SegmentLog log = SegmentLog.open(real, large, () -> 42, other)) {
        CommitLogContract.append(log, "x".repeat(17 << 20));
      }
      assertThat(real.names()).hasSize(1);
    }
    assertThat(real.names()).hasSize(1);
  }
}
