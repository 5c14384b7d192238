package dev.pintle.server;

import dev.pintle.server.attach.AttachedProcess;
import dev.pintle.server.cli.ApiServerCommand;
import dev.pintle.server.cli.CertsCommand;
import dev.pintle.server.cli.ExplainCommand;
import dev.pintle.server.cli.SnapshotCommand;
import dev.pintle.server.cli.StoreCommand;
import dev.pintle.server.cli.UpCommand;
import dev.pintle.server.config.ServerConfig;
import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.MemoryExhaustion;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.folder.Umask;
import dev.pintle.server.ready.ReadyBlock;
import dev.pintle.server.training.TrainingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The entry of the program. `./pintle` passes the command and its flags on as they came.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    MemoryExhaustion.prepare();
    try {
      Umask.makePrivate();
      run(List.of(arguments));
    } catch (Throwable failed) {
      // the one place that owns the main thread
      end(failed);
    }
  }

  private static void end(Throwable failed) {
    try {
      if (!MemoryExhaustion.isCauseOf(failed)) {
        System.exit(told(failed).number());
      }
    } catch (OutOfMemoryError _) {
      // Also of telling it.
    }
    MemoryExhaustion.end();
  }

  private static ExitCode told(Throwable failed) {
    if (failed instanceof StartException refused) {
      System.err.println("pintle: " + refused.getMessage());
      return refused.code();
    }
    failed.printStackTrace();
    return ExitCode.BUG;
  }

  private static void run(List<String> arguments) throws StartException {
    String command = arguments.isEmpty() ? "" : arguments.getFirst();
    List<String> flags = arguments.subList(Math.min(1, arguments.size()), arguments.size());
    switch (command) {
      case "up" -> serve(UpCommand.parse(flags));
      case "etcd" -> EtcdRun.run(flags);
      case "kube-apiserver" -> apiServer(flags);
      case "certs" ->
          System.out.print(CertificateOperations.run(CertsCommand.parse(flags), Instant.now()));
      case "snapshot" -> System.out.print(SnapshotOperations.run(SnapshotCommand.parse(flags)));
      case "store" -> store(flags);
      case "explain-request" -> System.out.print(ExplainRequest.run(ExplainCommand.parse(flags)));
      case "train" -> train(UpCommand.parse(flags));
      default ->
          throw new StartException(
              ExitCode.USAGE,
              "%s: no such command (expected: up, etcd, kube-apiserver, certs, snapshot, store, explain-request)"
                  .formatted(command));
    }
  }

  private static void store(List<String> flags) throws StartException {
    StoreCommand command = StoreCommand.parse(flags);
    System.out.print(
        StoreOperations.run(command, line -> System.err.println("pintle store: " + line)));
  }

  /// Serves until the process is told to stop, or the store ends.
  private static void apiServer(List<String> flags) throws StartException {
    if (flags.stream().anyMatch(flag -> flag.startsWith("--version"))) {
      System.out.println(ApiServerCommand.versionText());
      return;
    }
    ApiServerCommand command = ApiServerCommand.parse(flags);
    command.notices().forEach(notice -> System.err.println("pintle: " + notice));
    StopGuard guard = StopGuard.start(StopGuard.STOP_MAX);
    AttachedProcess served =
        AttachedProcess.start(
            command.store(), ApiServerCommand.fromAnywhere(flags, Path.of("").toAbsolutePath()));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  guard.stopBegins();
                  served.close();
                },
                "stop"));
    System.out.println("Pintle serves the Kubernetes API at " + served.url());
    served.await();
  }

  /// What the launcher runs once after a build, so that the JVM can learn; not for users. All that a start does is done, but for what
  /// comes to its end: the JVM has its own work after that, which may take long.
  private static void train(ServerConfig config) throws StartException {
    var _ = StopGuard.start(StopGuard.STOP_MAX);
    try (MemoryCare _ = MemoryCare.start();
        Program program = Program.start(config)) {
      program.announce(() -> print(program));
      TrainingRun.play(program.endpoints());
    } catch (IOException | GeneralSecurityException failed) {
      throw new StartException(ExitCode.BUG, "the training run ended early: " + failed, failed);
    }
  }

  /// Serves until the process is told to stop. The event loops are daemons, so the main thread stays.
  private static void serve(ServerConfig config) throws StartException {
    StopGuard guard = StopGuard.start(StopGuard.STOP_MAX);
    MemoryCare care = MemoryCare.start();
    Program program = Program.start(config);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(guard, program, care), "stop"));
    program.announce(() -> print(program));
    program.awaitClose();
  }

  private static void print(Program program) {
    System.out.print(new ReadyBlock(program.endpoints(), program.notes(), launcher()).text());
    System.out.flush();
  }

  private static void stop(StopGuard guard, Program program, MemoryCare care) {
    guard.stopBegins();
    program.close();
    care.close();
  }

  /// The launcher names itself, so that the program can name it to the user.
  private static Optional<Path> launcher() {
    return Optional.ofNullable(System.getProperty("pintle.launcher")).map(Path::of);
  }
}
