package dev.pintle.member.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.member.disk.RealDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The segment log on a real disk.
class SegmentLogTest extends CommitLogContract {
  private static final LogConfig SMALL = new LogConfig(4096, 1024);

  @TempDir Path folder;

  private SegmentLog open() throws IOException {
    return SegmentLog.open(RealDisk.open(folder), SMALL, () -> 42, Runnable::run);
  }

  @Override
  CommitLog create() throws IOException {
    return open();
  }

  @Test
  void everythingIsThereAfterReopening() throws IOException {
    try (SegmentLog log = open()) {
      for (int i = 1; i <= 100; i++) {
        append(log, "entry " + i, "x".repeat(i));
      }
    }
    try (SegmentLog log = open()) {
      assertThat(log.lastIndex()).isEqualTo(200);
      assertThat(replayed(log, 1)).hasSize(200).contains("199:entry 100");
      append(log, "after");
      assertThat(replayed(log, 201)).containsExactly("201:after");
    }
  }

  @Test
  void aBatchLargerThanASegmentFits() throws IOException {
    try (SegmentLog log = open()) {
      append(log, "x".repeat(20_000), "y".repeat(20_000));
      append(log, "z");
    }
    try (SegmentLog log = open()) {
      assertThat(replayed(log, 3)).containsExactly("3:z");
    }
  }

  @Test
  void aNewerFormatIsRefusedByName() throws IOException {
    open().close();
    Path segment = onlySegment();
    byte[] bytes = Files.readAllBytes(segment);
    bytes[11] = 2;
    Files.write(segment, bytes);
    assertThatThrownBy(this::open)
        .isInstanceOf(UnreadableFile.TooNew.class)
        .hasMessageContaining(segment.toString())
        .hasMessageContaining("format version: 2 (expected: at most 1");
  }

  @Test
  void anOlderFormatThanAnyKnownIsRefused() throws IOException {
    open().close();
    Path segment = onlySegment();
    byte[] bytes = Files.readAllBytes(segment);
    bytes[11] = 0;
    Files.write(segment, bytes);
    assertThatThrownBy(this::open).isInstanceOf(UnreadableFile.TooOld.class);
  }

  private Path onlySegment() throws IOException {
    try (var files = Files.list(folder)) {
      return files.findFirst().orElseThrow();
    }
  }
}
