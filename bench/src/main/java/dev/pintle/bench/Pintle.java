package dev.pintle.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Pintle, started through its launcher as a user starts it.
record Pintle(Process process, String etcd, String kube, String token, List<Long> pids)
    implements Contender {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long STOP_SECONDS = 30;
  private static final Pattern TOKEN = Pattern.compile("token:\\s*\"?([^\\s\"]+)");

  /// A way to start Pintle.
  ///
  /// @param flags more of `up`
  record Kind(Path launcher, List<String> flags) implements Contender.Kind {
    Kind(Path launcher) {
      this(launcher, List.of());
    }

    @Override
    public String name() {
      return "Pintle";
    }

    @Override
    public Contender start(Path data) throws IOException, InterruptedException {
      Files.createDirectories(data);
      Path ready = data.resolve("endpoints.json");
      Files.deleteIfExists(ready);
      Process process = launch(data);
      awaitFile(ready, process);
      EndpointsFile endpoints = EndpointsFile.read(ready);
      return new Pintle(
          process,
          endpoints.text("etcd"),
          endpoints.text("kube"),
          token(Path.of(endpoints.text("kubeconfig"))),
          endpoints.numbers("pid"));
    }

    private Process launch(Path data) throws IOException {
      List<String> command =
          new ArrayList<>(
              List.of(
                  launcher.toString(),
                  "up",
                  "--data",
                  data.toString(),
                  "--etcd",
                  "127.0.0.1:0",
                  "--kube",
                  "127.0.0.1:0",
                  // as the real pair is measured
                  "--etcd-insecure",
                  "--admin-token",
                  "on"));
      command.addAll(flags);
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(data.resolve("bench.log").toFile())
          .start();
    }

    private static String token(Path kubeconfig) throws IOException {
      Matcher matcher = TOKEN.matcher(Files.readString(kubeconfig));
      if (!matcher.find()) {
        throw new IOException(kubeconfig + ": no token (expected: the admin's bearer token)");
      }
      return matcher.group(1);
    }
  }

  /// The file is written whole before the ready block, so its presence is the sign.
  private static void awaitFile(Path file, Process process)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!Files.exists(file)) {
      if (process.waitFor(2, TimeUnit.MILLISECONDS)) {
        throw new IOException(
            "pintle up: exit %d before it was ready".formatted(process.exitValue()));
      }
      if (System.nanoTime() > deadline) {
        process.destroyForcibly();
        throw new IOException("%s: not there after %d s".formatted(file, LIMIT.toSeconds()));
      }
    }
  }

  @Override
  public String name() {
    return "Pintle";
  }

  @Override
  public List<Long> etcdPids() {
    return pids;
  }

  @Override
  public List<Long> kubePids() {
    return pids;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    throw new IOException("pintle up: still running %d s after SIGTERM".formatted(STOP_SECONDS));
  }
}
