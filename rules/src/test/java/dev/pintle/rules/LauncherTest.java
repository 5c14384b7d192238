package dev.pintle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The launcher, as far as it goes without building or starting the program.
final class LauncherTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "help",
        "--help",
        "-h",
        "up --help",
        "up --data x -h",
        "help up",
        "etcd --help",
        "help etcd",
        "env --help",
        "help env",
        "certs --help",
        "help certs",
        "verify --help",
        "peers --help",
        "help peers",
        "version --help"
      })
  void helpIsPrintedWithoutAJvm(String arguments) throws Exception {
    assertThat(launched(arguments)).startsWith("0:Usage: ./pintle");
  }

  @ParameterizedTest
  @CsvSource({
    "nope, no such command: nope",
    "help nope, no such command: nope",
    "version now, version takes no argument: now",
    "verify --fast, verify does not know --fast",
    "env now, env does not know now",
    "env --data, --data: no value",
    "--data, no such command: --data"
  })
  void aWrongWordIsRefusedByName(String arguments, String message) throws Exception {
    assertThat(launched(arguments)).startsWith("2:pintle: " + message);
  }

  @Test
  void aFolderWithSpacesAndALinkAreFollowed() throws Exception {
    Path house = Files.createDirectory(folder.resolve("two words"));
    Files.copy(Reactor.HOME.resolve("pintle"), house.resolve("pintle"));
    copyFolder(Reactor.HOME.resolve("launcher"), house.resolve("launcher"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("two words/pintle"));
    assertThat(run(List.of(link.toString(), "help"))).startsWith("0:Usage: ./pintle COMMAND");
  }

  @ParameterizedTest
  @CsvSource({"25, 0", "25.0.3, 0", "250.1, 1", "21.0.2, 1", "26, 1", "1.8.0_25, 1"})
  void onlyAJdk25IsTaken(String version, int answer) throws Exception {
    jdk("jdk", version, true);
    assertThat(shell("is_jdk_25 '" + folder.resolve("jdk") + "'")).isEqualTo(answer + ":");
  }

  @Test
  void aRunTimeWithoutCompilerIsNoJdk() throws Exception {
    jdk("jre", "25.0.3", false);
    assertThat(shell("is_jdk_25 '" + folder.resolve("jre") + "'")).isEqualTo("1:");
  }

  @Test
  void theFirstFittingCandidateIsTaken() throws Exception {
    jdk("seventeen", "17.0.1", true);
    jdk("first 25", "25.0.1", true);
    jdk("second 25", "25.0.2", true);
    String candidates =
        "jdk_candidates() { printf '%s\\n' '' /nowhere '{0}/seventeen' '{0}/first 25' '{0}/second 25'; }"
            .replace("{0}", folder.toString());
    assertThat(shell(candidates + "; find_jdk && printf '%s' \"$jdk\""))
        .isEqualTo("0:" + folder.resolve("first 25"));
  }

  @Test
  void withoutAJdkItSaysHowToGetOne() throws Exception {
    String launcher =
        "exit_no_jdk=3; show_help() { cat \"launcher/help/$1.txt\"; }; jdk_candidates() { :; };";
    assertThat(shell(launcher + " require_jdk"))
        .startsWith("3:pintle: no JDK 25 was found.")
        .contains("JAVA_HOME=/path/to/jdk-25 ./pintle up");
  }

  private void jdk(String name, String version, boolean compiler) throws IOException {
    Path bin = Files.createDirectories(folder.resolve(name).resolve("bin"));
    Files.writeString(
        folder.resolve(name).resolve("release"),
        "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    if (compiler) {
      assertThat(Files.createFile(bin.resolve("javac")).toFile().setExecutable(true)).isTrue();
    }
  }

  private static void copyFolder(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  private static String launched(String arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", "./pintle"));
    if (!arguments.isEmpty()) {
      command.addAll(List.of(arguments.split(" ")));
    }
    return run(command);
  }

  private static String shell(String script) throws Exception {
    return run(List.of("sh", "-euc", ". launcher/jdk.sh; " + script));
  }

  /// The exit code and all that was printed.
  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(Reactor.HOME.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + ":" + printed;
  }
}
