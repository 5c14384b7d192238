package dev.pintle.server;

import dev.pintle.wire.loop.NiceValue;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The threads of the JIT compiler, which give way to those that serve once there is somebody to serve. A request of a kind that was
/// not seen before is work for them, and on a small machine they would take half of it from every other request; what they do is
/// not waited for.
///
/// Where the system does not tell its threads, they stay as they are.
final class CompilerThreads {
  private static final System.Logger LOG = System.getLogger(CompilerThreads.class.getName());

  /// As `C1 CompilerThread0`, of which Linux keeps 15 characters.
  static final String NAME = "CompilerThre";

  static final Path TASKS = Path.of("/proc/self/task");

  private CompilerThreads() {}

  /// Those that start later are started by one of them, and inherit it.
  static void giveWay() {
    if (!Files.isDirectory(TASKS)) {
      return;
    }
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        if (isCompiler(task)) {
          NiceValue.ofThread(Integer.parseInt(task.getFileName().toString()), NiceValue.BACKGROUND);
        }
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the compiler does not give way: {0}", e.getMessage());
    }
  }

  static boolean isCompiler(Path task) throws IOException {
    try {
      return Files.readString(task.resolve("comm")).contains(NAME);
    } catch (NoSuchFileException _) {
      return false; // It has ended.
    }
  }
}
