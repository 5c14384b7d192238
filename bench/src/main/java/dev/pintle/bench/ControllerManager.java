package dev.pintle.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// The real kube-controller-manager beside a pair, with some of the controllers that Pintle has too, and a client that it does not slow down.
record ControllerManager(Process process) implements AutoCloseable {
  private static final long STOP_SECONDS = 10;

  /// @param pair the folder of the pair, with its kubeconfig
  /// @param logs where it writes what it does
  /// @param controllers the names of those that run, with commas between them
  static ControllerManager start(Path tools, Path pair, Path logs, String controllers)
      throws IOException {
    Path program = tools.resolve("kube-controller-manager");
    if (!Files.isExecutable(program)) {
      throw new IOException(
          program + ": not there (expected: ./pintle peers kube-controller-manager)");
    }
    return new ControllerManager(
        new ProcessBuilder(
                program.toString(),
                "--kubeconfig=" + pair.resolve("kubeconfig"),
                "--leader-elect=false",
                "--secure-port=0",
                "--controllers=" + controllers,
                "--kube-api-qps=10000",
                "--kube-api-burst=10000")
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(logs.resolve("controller-manager.log").toFile()))
            .start());
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
