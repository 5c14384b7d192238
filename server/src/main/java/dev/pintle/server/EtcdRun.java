package dev.pintle.server;

import dev.pintle.server.cli.EtcdCommand;
import dev.pintle.server.config.EtcdAccess;
import dev.pintle.server.config.EtcdServing;
import dev.pintle.server.config.ListenUrl;
import dev.pintle.server.config.ServerConfig;
import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.log.EtcdLog;
import dev.pintle.server.ready.ReadyBlock;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A run of `./pintle etcd`: what it says of itself is said as etcd says it, in lines of a log, and it ends with etcd's exit codes.
final class EtcdRun {
  private static final String READY = "ready to serve client requests";

  private EtcdRun() {}

  /// Serves until the process is told to stop.
  ///
  /// @throws StartException for flags that cannot be read; every other reason not to start is told in the log, and ends the process
  static void run(List<String> arguments) throws StartException {
    EtcdLog log = open(EtcdLog.Choice.DEFAULT);
    EtcdCommand command;
    try {
      command = EtcdCommand.parse(arguments, System.getenv());
      log = open(command.log());
    } catch (StartException refused) {
      if (refused.code() == ExitCode.USAGE) {
        throw refused;
      }
      log.warn("failed to verify flags", Map.entry("error", text(refused)));
      System.exit(ExitCode.LIKE_ETCD.number());
      return;
    }
    for (String warning : command.warnings()) {
      log.warn(warning);
    }
    for (String notice : command.notices()) {
      log.info(notice);
    }
    try {
      refuseFolderOfEtcd(command.config());
      serve(command, log);
    } catch (StartException failed) {
      log.fatal("cannot start", Map.entry("error", text(failed)));
      System.exit(ExitCode.LIKE_ETCD.number());
    }
  }

  private static EtcdLog open(EtcdLog.Choice choice) throws StartException {
    try {
      return EtcdLog.open(choice);
    } catch (IOException unopened) {
      throw new StartException(
          ExitCode.LIKE_ETCD,
          "open sink of --log-outputs: %s".formatted(unopened.getMessage()),
          unopened);
    }
  }

  private static void serve(EtcdCommand command, EtcdLog log) throws StartException {
    StopGuard guard = StopGuard.start(StopGuard.STOP_MAX);
    MemoryCare care = MemoryCare.start();
    Program program = Program.start(command.config());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(guard, program, care, log), "stop"));
    if (command.apiServers()) {
      program.acceptApiServers();
    }
    program.announce(() -> tell(command.config(), program, log));
    program.awaitClose();
  }

  private static void stop(StopGuard guard, Program program, MemoryCare care, EtcdLog log) {
    log.info("received signal; shutting down");
    guard.stopBegins();
    program.close();
    care.close();
    log.info("closed etcd server");
  }

  /// The block is for people, of whom there are some at a terminal.
  private static void tell(ServerConfig config, Program program, EtcdLog log) {
    program.notes().forEach(log::warn);
    log.info(
        "serving",
        Map.entry("name", config.name()),
        Map.entry(
            "data-dir", program.endpoints().data().map(Path::toString).orElse("none: in memory")));
    if (config.access() instanceof EtcdAccess.LikeEtcd like) {
      tell(like.serving(), program, log);
    }
    log.info(READY);
    notifyServiceManager(program, log);
    if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()) {
      System.out.print(new ReadyBlock(program.endpoints(), program.notes(), launcher()).text());
      System.out.flush();
    }
  }

  /// As etcd: its unit of systemd is of the type `notify`.
  private static void notifyServiceManager(Program program, EtcdLog log) {
    String socket = System.getenv("NOTIFY_SOCKET");
    if (socket == null || socket.isEmpty()) {
      return;
    }
    try {
      program.tellServiceManager(socket, "READY=1");
    } catch (IOException undelivered) {
      log.warn(
          "failed to notify systemd for readiness",
          Map.entry("error", String.valueOf(undelivered.getMessage())));
    }
  }

  private static void tell(EtcdServing serving, Program program, EtcdLog log) {
    boolean split = !serving.http().isEmpty();
    for (ListenUrl url : serving.clients()) {
      tell(url, split ? "grpc" : "grpc+http", program, log);
    }
    for (ListenUrl url : serving.http()) {
      tell(url, "http", program, log);
    }
    for (ListenUrl url : serving.metrics()) {
      log.info("serving metrics", Map.entry("address", program.boundAt(url)));
    }
  }

  private static void tell(ListenUrl url, String traffic, Program program, EtcdLog log) {
    log.info(
        url.isSecure()
            ? "serving client traffic securely"
            : "serving client traffic insecurely; this is strongly discouraged!",
        Map.entry("traffic", traffic),
        Map.entry("address", program.boundAt(url)));
  }

  /// A store that began empty over what somebody has would look as if all were lost.
  private static void refuseFolderOfEtcd(ServerConfig config) throws StartException {
    Path folder = config.data().orElseThrow();
    if (Files.exists(folder.resolve("member/snap")) || Files.exists(folder.resolve("member/wal"))) {
      throw new StartException(
          ExitCode.DATA,
          "%s: the folder of an etcd (expected: an empty one, or one of Pintle's: the two have their own formats)"
              .formatted(folder));
    }
  }

  private static String text(StartException refused) {
    return String.valueOf(refused.getMessage());
  }

  private static Optional<Path> launcher() {
    return Optional.ofNullable(System.getProperty("pintle.launcher")).map(Path::of);
  }
}
