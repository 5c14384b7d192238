package dev.pintle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pintle.wire.loop.NiceValue;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompilerThreadsTest {
  /// Counted after the command name, proc(5).
  private static final int NICE_FIELD = 16;

  @BeforeEach
  void requireThreadsThatTheSystemTells() {
    assumeTrue(Files.isDirectory(CompilerThreads.TASKS), "no /proc/self/task here");
  }

  @Test
  void theyGiveWayAndNobodyElseDoes() throws IOException {
    int own = nice(Path.of("/proc/thread-self"));
    CompilerThreads.giveWay();
    List<Integer> values = new ArrayList<>();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(CompilerThreads.TASKS)) {
      for (Path task : tasks) {
        if (CompilerThreads.isCompiler(task)) {
          values.add(nice(task));
        }
      }
    }
    assertThat(values).isNotEmpty().allMatch(value -> value >= NiceValue.BACKGROUND);
    assertThat(nice(Path.of("/proc/thread-self"))).isEqualTo(own);
  }

  private static int nice(Path task) throws IOException {
    String stat = Files.readString(task.resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Integer.parseInt(fields[NICE_FIELD]);
  }
}
