package dev.pintle.embed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A running server in a process of its own, from a Pintle that is installed: for tests that must not share a JVM with the server, that kill it,
/// or that want its own log. What [PintleServer] offers beyond the wire is not to be had here.
///
/// ```java
/// try (PintleProcess server = PintleProcess.builder(Path.of("/opt/pintle/pintle")).start()) {
///   Config config = Config.fromKubeconfig(server.kubeconfig());
///   …
/// }
/// ```
///
/// The process listens on free ports of 127.0.0.1 and ends with [#close]; should this JVM be killed before, it goes on. All methods may be
/// called by any thread.
public final class PintleProcess implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(60);

  /// The program ends by itself within twelve seconds, whatever is stuck.
  private static final Duration STOP_MAX = Duration.ofSeconds(15);

  private static final long LOOK_MILLIS = 5;

  private final Process process;
  private final Path data;
  private final Path log;
  private final Optional<Path> passing;
  private final URI url;

  private PintleProcess(Started started, URI url) {
    this.process = started.process();
    this.data = started.data();
    this.log = started.log();
    this.passing = started.passing();
    this.url = url;
  }

  /// A process that was begun, and where it writes.
  ///
  /// @param passing the folder of everything, when nothing of it is to stay
  private record Started(Process process, Path data, Path log, Optional<Path> passing) {}

  /// A process that keeps nothing, unless more is said.
  ///
  /// @param launcher the file `pintle` of the installation; it builds its program first where that was not done
  public static Builder builder(Path launcher) {
    return new Builder(launcher);
  }

  /// Where the Kubernetes API is served: `https://127.0.0.1:PORT`.
  public URI url() {
    return url;
  }

  /// A kubeconfig by which its reader is the administrator, in the group `system:masters`; YAML, a secret.
  public String kubeconfig() {
    try {
      return Files.readString(kubeconfigFile());
    } catch (IOException gone) {
      throw new UncheckedIOException("the kubeconfig is gone: is the server closed?", gone);
    }
  }

  /// The same as a file, which goes with [#close] unless there is a folder.
  public Path kubeconfigFile() {
    return data.resolve("kubeconfig");
  }

  /// All that the process has written to its standard output and error until now.
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException gone) {
      return "";
    }
  }

  /// The number of the process.
  public long pid() {
    return process.pid();
  }

  /// Whether the process has not ended.
  public boolean isRunning() {
    return process.isAlive();
  }

  /// Tells the process to end and waits until it has: requests that are under way have three seconds. What was kept in memory is gone, and so
  /// are kubeconfig and log where there is no folder. Closing again does nothing.
  @Override
  public void close() {
    end(process);
    passing.ifPresent(PintleProcess::delete);
  }

  /// Where it is; nothing secret.
  @Override
  public String toString() {
    return "PintleProcess[%s, pid %d]".formatted(url, pid());
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException hurried) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(folder + ": cannot be deleted", failed);
    }
  }

  /// The wishes for a process. Not for several threads; may be started any number of times, each start another process.
  public static final class Builder {
    private final Path launcher;
    private final List<String> flags = new ArrayList<>();
    private @Nullable Path folder;
    private Duration startMax = START_MAX;

    private Builder(Path launcher) {
      this.launcher = launcher.toAbsolutePath();
    }

    /// Keeps everything in `path`, so that a later process finds what this one acknowledged, its log (`log`) included.
    ///
    /// @param path is made when it is not there, for this user alone
    public Builder folder(Path path) {
      folder = path.toAbsolutePath();
      return this;
    }

    /// More flags of `pintle up`, such as `--allow-privileged`; those of addresses and of the folder are given already.
    public Builder flags(String... more) {
      flags.addAll(List.of(more));
      return this;
    }

    /// How long a start may take, instead of 60 seconds; the first of an installation builds it, which takes minutes.
    public Builder startWithin(Duration limit) {
      startMax = limit;
      return this;
    }

    /// Starts a process; when this returns, it serves.
    ///
    /// @throws PintleStartException when it ends instead, or the time is over; with the end of its log, and nothing left behind
    public PintleProcess start() {
      Started started = launch();
      try {
        return new PintleProcess(started, await(started));
      } catch (IOException | RuntimeException | Error failed) {
        end(started.process());
        String log = lastLines(started.log());
        started.passing().ifPresent(PintleProcess::delete);
        throw new PintleStartException(failed.getMessage() + log, failed);
      } catch (InterruptedException hurried) {
        end(started.process());
        started.passing().ifPresent(PintleProcess::delete);
        Thread.currentThread().interrupt();
        throw new PintleStartException("interrupted while the process started", hurried);
      }
    }

    private Started launch() {
      try {
        Path own = folder;
        Optional<Path> passing =
            own == null ? Optional.of(Files.createTempDirectory("pintle")) : Optional.empty();
        Path data = own == null ? passing.orElseThrow().resolve("data") : own;
        Path log = own == null ? passing.orElseThrow().resolve("log") : own.resolve("log");
        Files.createDirectories(Objects.requireNonNull(log.getParent()));
        Files.deleteIfExists(data.resolve("endpoints.json"));
        Process process =
            new ProcessBuilder(command(data, own == null))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        return new Started(process, data, log, passing);
      } catch (IOException failed) {
        throw new PintleStartException(
            "%s: cannot be started: %s".formatted(launcher, failed.getMessage()), failed);
      }
    }

    private List<String> command(Path data, boolean memory) {
      List<String> command = new ArrayList<>(List.of(launcher.toString(), "up"));
      command.addAll(List.of("--data", data.toString()));
      command.addAll(List.of("--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0"));
      if (memory) {
        command.add("--memory");
      }
      command.addAll(flags);
      return command;
    }

    /// The program writes where it is served once it is.
    private URI await(Started started) throws IOException, InterruptedException {
      Path file = started.data().resolve("endpoints.json");
      long begun = System.nanoTime();
      while (!Files.exists(file)) {
        if (started.process().waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new IOException(
              "the process ended with %d".formatted(started.process().exitValue()));
        }
        if (System.nanoTime() - begun > startMax.toNanos()) {
          throw new IOException("not served after %d s".formatted(startMax.toSeconds()));
        }
      }
      return url(Files.readString(file));
    }

    private static URI url(String endpoints) throws IOException {
      String field = "\"kube\":\"";
      int begin = endpoints.indexOf(field) + field.length();
      int end = endpoints.indexOf('"', begin);
      if (begin < field.length() || end < 0) {
        throw new IOException("the Kubernetes API is not served (expected: without --kube off)");
      }
      return URI.create(endpoints.substring(begin, end));
    }

    private static String lastLines(Path log) {
      try {
        List<String> lines = Files.readAllLines(log);
        return "; its log ends with:\n"
            + String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
      } catch (IOException gone) {
        return "";
      }
    }
  }
}
