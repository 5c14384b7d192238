package dev.pintle.wire.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

final class NiceValueTest {
  private static final Path STAT = Path.of("/proc/thread-self/stat");

  /// Of the fields behind the name, which may hold anything.
  private static final int NICE_FIELD = 16;

  /// Also where the tests themselves were started by `nice`.
  @Test
  void whatMayWaitComesAfterTheRestOfTheProcess() throws Exception {
    if (!NiceValue.isKnown()) {
      return;
    }
    FutureTask<Integer> given =
        new FutureTask<>(() -> {
          NiceValue.ofThisThread(NiceValue.BACKGROUND);
          return ofThisThread();
        });
    Thread.ofPlatform().daemon().start(given);

    assertThat(given.get())
        .isEqualTo(Math.min(NiceValue.MAX, NiceValue.ofProcess() + NiceValue.BACKGROUND));
  }

  private static int ofThisThread() throws IOException {
    String stat = Files.readString(STAT);
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Integer.parseInt(fields[NICE_FIELD]);
  }
}
