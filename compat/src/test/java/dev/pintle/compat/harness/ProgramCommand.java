package dev.pintle.compat.harness;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The command line of Pintle in a JVM of its own, with the flags that the launcher gives it.
public final class ProgramCommand {
  /// Most programs of the tests live for seconds, and there are hundreds: the second compiler would take more of the processor than
  /// its code gives back. Where speed itself is judged the program runs as its users have it.
  private static final List<String> QUICK_TO_START =
      Boolean.getBoolean("pintle.hostile.strict") ? List.of() : List.of("-XX:TieredStopAtLevel=1");

  private ProgramCommand() {}

  /// @param jvmOptions options beside those of the launcher
  /// @param arguments the command and its flags
  public static List<String> of(List<String> jvmOptions, List<String> arguments) {
    List<String> command = plain();
    ClassArchive.made().ifPresent(archive -> command.addAll(archive.options()));
    command.addAll(QUICK_TO_START);
    command.addAll(nativeCode());
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", classPath(), "dev.pintle.server.Main"));
    command.addAll(arguments);
    return command;
  }

  /// The JVM and the flags of the launcher.
  static List<String> plain() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path options = Peers.house().resolve("launcher/jvm.options");
    return new ArrayList<>(List.of(java.toString(), "@" + options));
  }

  /// As the launcher has it: else each program unpacks the library of the store into the temporary folder, and one that is killed leaves it
  /// there.
  private static List<String> nativeCode() {
    return Arrays.stream(classPath().split(File.pathSeparator))
        .map(entry -> Path.of(entry).resolveSibling("lib").resolve("native"))
        .filter(Files::isDirectory)
        .map(folder -> "-Djava.library.path=" + folder)
        .limit(1)
        .toList();
  }

  /// The tests' own class path holds the program; the build hides it behind a jar and names it apart. The tests themselves, and
  /// how they log, are left out.
  static String classPath() {
    String named = System.getProperty("surefire.test.class.path");
    String all = named == null ? System.getProperty("java.class.path") : named;
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
