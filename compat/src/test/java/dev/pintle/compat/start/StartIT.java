package dev.pintle.compat.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.compat.harness.Child;
import dev.pintle.compat.harness.RunningPintle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each reason not to start has its own exit code and one line that says what to do.
class StartIT {
  private static final Duration END_MAX = Duration.ofSeconds(60);
  private static final String FREE = "127.0.0.1:0";

  @TempDir private Path folder;

  private void refused(int code, String text, String... arguments) {
    try (Child child = RunningPintle.start(folder, List.of(arguments))) {
      assertThat(child.awaitExit(END_MAX)).as(child.log()).isEqualTo(code);
      assertThat(child.log()).contains(text).hasLineCount(1);
    }
  }

  @Test
  void aBadFlagIsUsage() {
    refused(2, "--nope: no such flag; see ./pintle up --help", "up", "--nope", "1");
    refused(2, "--etcd: 127.0.0.1 (expected: HOST:PORT", "up", "--etcd", "127.0.0.1");
    refused(2, "--wal-dir: not served by this release", "etcd", "--wal-dir=x");
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      refused(
          10,
          "--etcd " + address + ": cannot listen",
          "up",
          "--data",
          folder.resolve("a").toString(),
          "--etcd",
          address,
          "--kube",
          "off");
    }
  }

  @Test
  void aSecondStartOnTheSameFolderIsRefusedAndTheFirstGoesOn() {
    Path data = folder.resolve("b");
    try (RunningPintle first = RunningPintle.etcdOnly(data)) {
      refused(
          11,
          "in use by process " + first.child().pid(),
          "up",
          "--data",
          data.toString(),
          "--etcd",
          FREE,
          "--kube",
          "off");
      assertThat(first.child().isAlive()).isTrue();
      assertThat(data.resolve("endpoints.json")).exists();
    }
  }

  @Test
  void aFolderOfANewerFormatIsLeftAlone() throws IOException {
    Path data = privateFolder("c");
    Files.writeString(data.resolve("format"), "pintle 2\n");
    refused(
        12,
        "format 2 (expected: at most 1)",
        "up",
        "--data",
        data.toString(),
        "--etcd",
        FREE,
        "--kube",
        "off");
    assertThat(data.resolve("format")).hasContent("pintle 2\n");
  }

  @Test
  void aFolderThatIsAFileIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("d"), "x");
    refused(14, "is a file (expected: a folder)", "up", "--data", file.toString());
  }

  @Test
  void everyFileIsForTheOwnerOnlyAndTheProgramStopsWithinSeconds() throws IOException {
    Path data = folder.resolve("e");
    try (RunningPintle pintle = RunningPintle.closed(data)) {
      assertThat(everythingIn(data))
          .contains(data.resolve("pki/etcd/client.key"), data.resolve("kubeconfig"))
          .hasSizeGreaterThan(20)
          .allMatch(file -> mode(file).equals(Files.isDirectory(file) ? "rwx------" : "rw-------"));
      assertThat(data.resolve("pki/admin.token")).doesNotExist();
      assertThat(Files.readString(pintle.kubeconfig())).doesNotContain("token:");
      long started = System.nanoTime();
      assertThat(pintle.child().terminate()).isEqualTo(143);
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
      assertThat(data.resolve("endpoints.json")).doesNotExist();
      assertThat(pintle.child().log()).contains("Pintle is ready.");
      assertThat(pintle.child().warnings()).isEmpty();
    }
  }

  @Test
  void nothingIsKeptWithMemory() {
    Path data = folder.resolve("f");
    try (RunningPintle pintle =
        RunningPintle.up(data, "--memory", "--etcd", FREE, "--kube", "off")) {
      assertThat(pintle.child().terminate()).isEqualTo(143);
    }
    assertThat(data.resolve("member")).doesNotExist();
  }

  @Test
  void aFolderThatOthersMayWriteIsRefused() throws IOException {
    Path data = privateFolder("g");
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
    refused(14, "chmod 700 '" + data + "'", "up", "--data", data.toString());
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void aLockThatIsALinkLeavesWhatIsBehindItAlone() throws IOException {
    Path data = privateFolder("h");
    Path precious = Files.writeString(folder.resolve("precious"), "text");
    Files.createSymbolicLink(data.resolve("lock"), precious);
    refused(14, "lock: is a symbolic link", "up", "--data", data.toString());
    assertThat(precious).hasContent("text");
  }

  @Test
  void clearTextIsNotServedToOtherMachines() {
    refused(
        2,
        "--etcd-insecure with --etcd 0.0.0.0:0 (expected: an address of this machine alone",
        "up",
        "--etcd-insecure",
        "--etcd",
        "0.0.0.0:0");
  }

  @Test
  void withoutMemoryItEndsWithACodeAndALineOfItsOwn() {
    List<String> little = List.of("-Xms10m", "-Xmn4m", "-Xmx10m");
    List<String> up =
        List.of("up", "--data", folder.resolve("i").toString(), "--etcd", FREE, "--kube", FREE);
    try (Child child = RunningPintle.start(folder, little, up)) {
      assertThat(child.awaitExit(END_MAX)).as(child.log()).isEqualTo(154);
      assertThat(child.log()).contains("pintle: out of memory, so the program ends");
    }
  }

  private Path privateFolder(String name) throws IOException {
    return Files.createDirectory(
        folder.resolve(name),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static List<Path> everythingIn(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files.toList();
    }
  }

  private static String mode(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
