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

/// Runs the compiler with the arguments of the root pom over planted faults: each gate must stop the build.
final class CompilerGatesTest {
  private static final String HEAD =
      "package dev.pintle.kernel;\n\nimport java.util.List;\nimport org.jspecify.annotations.NullMarked;\n\n";

  @TempDir Path folder;

  @Test
  void soundCodePasses() throws Exception {
    assertThat(compiled("List<String> f() { return List.of(\"a\"); }")).isEqualTo("0:");
  }

  @Test
  void aLintWarningStopsTheBuild() throws Exception {
    assertThat(compiled("List f() { return List.of(\"a\"); }"))
        .startsWith("1:")
        .contains("[rawtypes]", "-Werror");
  }

  @Test
  void aFaultThatErrorProneKnowsStopsTheBuild() throws Exception {
    assertThat(compiled("void f() { new IllegalStateException(\"never thrown\"); }"))
        .startsWith("1:")
        .contains("[DeadException]");
  }

  @Test
  void nullWhereNoneIsAllowedStopsTheBuild() throws Exception {
    assertThat(compiled("String f() { return null; }")).startsWith("1:").contains("[NullAway]");
  }

  @Test
  void nullInsideATypeArgumentStopsTheBuild() throws Exception {
    String body =
        "List<String> f(List<@org.jspecify.annotations.Nullable String> names) { return names; }";
    assertThat(compiled(body)).startsWith("1:").contains("[NullAway]");
  }

  @Test
  void aFileThatIsNotFormattedIsFound() throws Exception {
    Path file = folder.resolve("A.java");
    Files.writeString(file, "class A { /// kept\n void f( ) {} }\n");
    assertThat(formatted(file)).startsWith("1:").contains("A.java");
    Files.writeString(file, "class A {\n  /// kept\n  void f() {}\n}\n");
    assertThat(formatted(file)).isEqualTo("0:");
  }

  private String compiled(String member) throws Exception {
    Path source = folder.resolve("A.java");
    Files.writeString(source, HEAD + "@NullMarked\nfinal class A {\n  " + member + "\n}\n");
    List<String> command = new ArrayList<>(List.of(tool("javac")));
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    command.addAll(Reactor.compilerArguments());
    command.addAll(List.of("-d", folder.toString(), "-cp", ClassPath.value()));
    command.addAll(List.of("-processorpath", ClassPath.value(), source.toString()));
    return run(command);
  }

  private String formatted(Path file) throws Exception {
    List<String> command = new ArrayList<>(List.of(tool("java"), "-XX:TieredStopAtLevel=1"));
    for (String part : List.of("api", "code", "file", "parser", "tree", "util")) {
      command.add("--add-exports=jdk.compiler/com.sun.tools.javac." + part + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", ClassPath.value()));
    command.addAll(List.of("com.google.googlejavaformat.java.Main", "--dry-run"));
    command.addAll(List.of("--set-exit-if-changed", file.toString()));
    return run(command);
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /// The exit code and all that was printed.
  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + ":" + printed;
  }
}
