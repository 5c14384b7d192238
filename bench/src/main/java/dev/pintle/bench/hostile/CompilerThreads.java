package dev.pintle.bench.hostile;

import dev.pintle.wire.loop.NiceValue;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The JIT compiler's threads of this process. They work for the attacker, whose code is new with every attack, so they come after
/// the probe and the servers as the attacker does.
final class CompilerThreads {
  private static final Path TASKS = Path.of("/proc/self/task");

  /// As `C1 CompilerThread0`, of which Linux keeps 15 characters.
  private static final String NAME = "CompilerThre";

  private CompilerThreads() {}

  /// Those that start later inherit it.
  static void inBackground() throws IOException {
    if (!Files.isDirectory(TASKS)) {
      return;
    }
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        if (isCompiler(task)) {
          NiceValue.ofThread(Integer.parseInt(task.getFileName().toString()), NiceValue.BACKGROUND);
        }
      }
    }
  }

  private static boolean isCompiler(Path task) throws IOException {
    try {
      return Files.readString(task.resolve("comm")).contains(NAME);
    } catch (NoSuchFileException _) {
      return false; // It has ended.
    }
  }
}
