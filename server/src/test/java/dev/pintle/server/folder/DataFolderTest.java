package dev.pintle.server.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxr-x", "rwx----w-", "rwxrwxrwx"})
  void aFolderThatOthersMayWriteIsRefused(String mode) throws Exception {
    Path path = Files.createDirectory(temp.resolve("it's"));
    set(path, mode);
    refused(ExitCode.DATA, path, "others may write it");
    refused(ExitCode.DATA, path, "chmod 700 '" + temp + "/it'\\''s'");
    assertThat(path).isEmptyDirectory();
    assertThat(mode(path)).isEqualTo(mode);
  }

  @Test
  void whatOthersMayReadIsClosedToThem() throws Exception {
    Path path = Files.createDirectory(temp.resolve("data"));
    Path store = Files.createDirectories(path.resolve("member/store"));
    Path table = Files.writeString(store.resolve("1.sst"), "x");
    Path foreign = Files.writeString(path.resolve("notes"), "not ours");
    set(table, "rw-r--r--");
    set(foreign, "rw-r--r--");
    set(store, "rwxr-xr-x");
    set(path, "rwxr-xr-x");
    DataFolder.open(path).close();
    assertThat(List.of(mode(path), mode(store), mode(table), mode(foreign)))
        .containsExactly("rwx------", "rwx------", "rw-------", "rw-r--r--");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lock",
        "format",
        "kubeconfig",
        "endpoints.json",
        "pki",
        "pki/ca.key",
        "member",
        "member/log/1"
      })
  void aLinkInTheFolderIsRefusedAndWhatIsBehindItLeftAlone(String name) throws Exception {
    Path path = temp.resolve("data");
    Path target = Files.writeString(temp.resolve("target"), "precious");
    set(target, "rw-r--r--");
    Path link = path.resolve(name);
    Files.createDirectories(link.getParent());
    set(path, "rwx------");
    Files.createSymbolicLink(link, target);
    refused(ExitCode.DATA, path, link + ": is a symbolic link");
    assertThat(target).hasContent("precious");
    assertThat(mode(target)).isEqualTo("rw-r--r--");
  }

  @Test
  void theFolderItselfMayBeReachedByALink() throws Exception {
    Path real = temp.resolve("real");
    DataFolder.open(real).close();
    Path link = Files.createSymbolicLink(temp.resolve("link"), real);
    DataFolder.open(link).close();
    assertThat(real.resolve("lock")).exists();
  }

  private static void set(Path path, String mode) throws Exception {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void refused(ExitCode code, Path path, String text) {
    assertThatThrownBy(() -> DataFolder.open(path))
        .isInstanceOfSatisfying(
            StartException.class, refusal -> assertThat(refusal.code()).isEqualTo(code))
        .hasMessageContaining(text);
  }
}
