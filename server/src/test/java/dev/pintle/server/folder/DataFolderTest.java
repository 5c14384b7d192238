package dev.pintle.server.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir private Path temp;

  @Test
  void aFolderHasOneOwnerAtATime() throws Exception {
    Path path = temp.resolve("data");
    try (DataFolder first = DataFolder.open(path)) {
      assertThat(first.path()).isAbsolute();
      refused(ExitCode.IN_USE, path, "in use by process " + ProcessHandle.current().pid());
    }
    DataFolder.open(path).close();
  }

  @Test
  void aNewerFormatIsRefusedAndAnUnknownOneToo() throws Exception {
    Files.writeString(temp.resolve("format"), "pintle 2\n");
    refused(ExitCode.NEWER_FORMAT, temp, "format 2 (expected: at most 1)");
    Files.writeString(temp.resolve("format"), "something else");
    refused(ExitCode.DATA, temp, "this is not a data folder of Pintle");
  }

  @Test
  void aFileIsNoFolder() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "x");
    refused(ExitCode.DATA, file, "is a file (expected: a folder)");
  }

  private static void refused(ExitCode code, Path path, String text) {
    assertThatThrownBy(() -> DataFolder.open(path))
        .isInstanceOfSatisfying(
            StartException.class, refusal -> assertThat(refusal.code()).isEqualTo(code))
        .hasMessageContaining(text);
  }
}
