package dev.pintle.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.server.failure.StartException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotCommandTest {
  private static SnapshotCommand parse(String... arguments) throws StartException {
    return SnapshotCommand.parse(List.of(arguments));
  }

  private static void refused(String what, String... arguments) {
    assertThatThrownBy(() -> parse(arguments))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(what);
  }

  @Test
  void theFileStandsBeforeTheFlagsOrBehindThem() throws StartException {
    SnapshotCommand restore =
        new SnapshotCommand.Restore(Path.of("f"), Path.of("d"), true, 0, false);
    assertThat(parse("restore", "f", "--data-dir", "d", "--skip-hash-check")).isEqualTo(restore);
    assertThat(parse("restore", "--data-dir=d", "--skip-hash-check", "f")).isEqualTo(restore);
    assertThat(parse("status", "f", "-w", "json"))
        .isEqualTo(new SnapshotCommand.Status(Path.of("f"), true));
    assertThat(parse("status", "f")).isEqualTo(new SnapshotCommand.Status(Path.of("f"), false));
  }

  @Test
  void aRevisionIsRaisedWithItsCompactionOrNotAtAll() throws StartException {
    assertThat(
            parse(
                "restore",
                "f",
                "--data-dir=d",
                "--bump-revision=7",
                "--mark-compacted",
                "--without-auth"))
        .isEqualTo(new SnapshotCommand.Restore(Path.of("f"), Path.of("d"), false, 7, true));
    refused("--mark-compacted", "restore", "f", "--data-dir=d", "--bump-revision=7");
    refused("--mark-compacted", "restore", "f", "--data-dir=d", "--mark-compacted");
    refused("--bump-revision: -1", "restore", "f", "--data-dir=d", "--bump-revision=-1");
  }

  @Test
  void whatIsMissingIsNamed() {
    refused("expected: status, restore");
    refused("save: unknown", "save", "f");
    refused("no file", "status");
    refused("--data-dir: missing", "restore", "f");
    refused("--write-out: table", "status", "f", "--write-out=table");
    refused("no such flag", "status", "f", "--data-dir=d");
  }
}
