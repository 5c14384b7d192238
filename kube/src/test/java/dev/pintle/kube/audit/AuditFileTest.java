package dev.pintle.kube.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final AuditLogSettings.Files ALL = new AuditLogSettings.Files(0, 0, 1, false);

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void inAFolderOfItsOwn() {
    path = folder.resolve("logs/audit.log");
  }

  private static Clock at(Instant instant) {
    return Clock.fixed(instant, ZoneOffset.UTC);
  }

  private AuditFile open(long bytesMax) throws IOException {
    return AuditFile.open(path, ALL, bytesMax, at(START));
  }

  private static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("logs"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theFileIsItsOwnersAloneAlsoWhenItWasMoreOpen() throws IOException {
    try (AuditFile file = open(0)) {
      file.write(line("a"));
    }
    assertThat(Files.getPosixFilePermissions(path))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    try (AuditFile file = open(0)) {
      file.write(line("b"));
    }
    assertThat(Files.getPosixFilePermissions(path))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(path).hasContent("a\nb\n");
  }

  @Test
  void noLinkIsFollowed() throws IOException {
    Path other = Files.createFile(folder.resolve("other"));
    Files.createDirectories(folder.resolve("logs"));
    Files.createSymbolicLink(path, other);
    assertThatThrownBy(() -> open(0))
        .isInstanceOf(IOException.class)
        .hasMessage(path + ": is a symbolic link, which is not followed (expected: a file)");
    assertThat(other).isEmptyFile();
  }

  @Test
  void aFolderIsNoFile() throws IOException {
    Files.createDirectories(path);
    assertThatThrownBy(() -> open(0)).hasMessage(path + ": is no file (expected: a file)");
  }

  @Test
  void aFullFileIsPutAsideUnderTheTimeOfItsEnd() throws IOException {
    try (AuditFile file = open(8)) {
      file.write(line("one"));
      file.write(line("two"));
      file.write(line("three"));
      file.write(line("longer than a file may be"));
      file.write(line("end"));
    }
    assertThat(names())
        .containsExactly(
            "audit-2026-01-02T03-04-05.678.log",
            "audit-2026-01-02T03-04-05.679.log",
            "audit-2026-01-02T03-04-05.680.log",
            "audit.log");
    assertThat(folder.resolve("logs/audit-2026-01-02T03-04-05.678.log")).hasContent("one\ntwo\n");
    assertThat(path).hasContent("end\n");
  }

  @Test
  void aFileThatIsThereIsContinuedAndCountsAsWhatItHas() throws IOException {
    try (AuditFile file = open(8)) {
      file.write(line("one"));
    }
    try (AuditFile file = open(8)) {
      file.write(line("two"));
      file.write(line("x"));
    }
    assertThat(names()).hasSize(2);
    assertThat(path).hasContent("x\n");
  }

  private Path old(Instant ended) throws IOException {
    Files.createDirectories(folder.resolve("logs"));
    Files.writeString(path, "text of " + ended);
    new OldAuditFiles(path, ALL, at(ended)).putAside();
    return folder.resolve("logs/audit-" + ended.toString().replace(':', '-').replace("Z", ".log"));
  }

  @Test
  void theNewestFilesStayAndOthersAreLeftAlone() throws IOException {
    Path first = old(START);
    Path second = old(START.plusSeconds(1));
    Path third = old(START.plusSeconds(2));
    Path foreign = Files.writeString(folder.resolve("logs/audit-notes.log"), "mine");
    new OldAuditFiles(path, new AuditLogSettings.Files(0, 2, 1, false), at(START)).tidyAll();
    assertThat(first).doesNotExist();
    assertThat(second).exists();
    assertThat(third).exists();
    assertThat(foreign).exists();
  }

  @Test
  void filesThatAreTooOldGo() throws IOException {
    Path first = old(START);
    Path second = old(START.plus(Duration.ofHours(2)));
    Clock later = at(START.plus(Duration.ofDays(3)).plus(Duration.ofHours(1)));
    new OldAuditFiles(path, new AuditLogSettings.Files(3, 0, 1, false), later).tidyAll();
    assertThat(first).doesNotExist();
    assertThat(second).exists();
  }

  @Test
  void oldFilesAreCompressedAndCountOnce() throws IOException {
    Path first = old(START);
    Path second = old(START.plusSeconds(1));
    AuditLogSettings.Files settings = new AuditLogSettings.Files(0, 2, 1, true);
    new OldAuditFiles(path, settings, at(START)).tidyAll();
    new OldAuditFiles(path, settings, at(START)).tidyAll();
    assertThat(first).doesNotExist();
    Path packed = Path.of(second + ".gz");
    assertThat(Files.getPosixFilePermissions(packed))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("text of " + START.plusSeconds(1));
    }
    assertThat(Path.of(first + ".gz")).exists();
  }
}
