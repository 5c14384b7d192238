package dev.pintle.server.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.keyspace.StorageFailure.Kind;
import dev.pintle.member.disk.DiskFull;
import dev.pintle.member.log.UnreadableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
  private static final Path FOLDER = Path.of("/data");

  private static void isTold(Exception failure, ExitCode code, String text) {
    StartException told = Diagnosis.of(FOLDER, failure);
    assertThat(told.code()).isEqualTo(code);
    assertThat(told)
        .hasMessageContaining(text)
        .hasCause(failure instanceof UncheckedIOException u ? u.getCause() : failure);
    assertThat(told.getMessage()).hasLineCount(1);
  }

  @Test
  void aFullDiskIsToldHoweverItShows() {
    String text = "data folder /data: no space left on the disk; free some and start again";
    isTold(new DiskFull("/data/member/log"), ExitCode.DISK_FULL, text);
    isTold(new IOException("No space left on device"), ExitCode.DISK_FULL, text);
    isTold(
        new UncheckedIOException(new IOException("Disk quota exceeded")), ExitCode.DISK_FULL, text);
    isTold(new StorageFailure(Kind.DISK_FULL, "store", "flush"), ExitCode.DISK_FULL, text);
  }

  @Test
  void whatIsDamagedIsNotCalledNew() {
    isTold(
        new StorageFailure(Kind.CORRUPT, "store/000007.sst", "checksum"),
        ExitCode.DATA,
        "damaged: store/000007.sst: checksum; restore it from a copy");
    isTold(
        new UnreadableFile.TooNew("log/1.log", 9, 1),
        ExitCode.NEWER_FORMAT,
        "log/1.log: format version: 9 (expected: at most 1");
    isTold(new UnreadableFile.Corrupt("log/1.log", 12, "crc"), ExitCode.DATA, "corrupt at byte 12");
  }

  @Test
  void aMissingRightIsNamedWithItsFile() {
    isTold(
        new AccessDeniedException("/data/lock"),
        ExitCode.DATA,
        "no permission for /data/lock; choose another with --data");
  }
}
