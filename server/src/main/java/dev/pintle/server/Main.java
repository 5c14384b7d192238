package dev.pintle.server;

import dev.pintle.server.cli.EtcdCommand;
import dev.pintle.server.cli.UpCommand;
import dev.pintle.server.config.ServerConfig;
import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.rehearsal.Rehearsal;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;

/// Where the program begins. `./pintle` passes the command and its flags on as they came.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    try {
      run(List.of(arguments));
    } catch (StartException refused) {
      System.err.println("pintle: " + refused.getMessage());
      System.exit(refused.code().number());
    } catch (Throwable bug) {
      // the one place that owns the main thread
      bug.printStackTrace();
      System.exit(ExitCode.BUG.number());
    }
  }

  private static void run(List<String> arguments) throws StartException {
    String command = arguments.isEmpty() ? "" : arguments.getFirst();
    List<String> flags = arguments.subList(Math.min(1, arguments.size()), arguments.size());
    switch (command) {
      case "up" -> serve(UpCommand.parse(flags), "");
      case "etcd" -> etcd(flags);
      case "rehearse" -> rehearse(UpCommand.parse(flags));
      default ->
          throw new StartException(
              ExitCode.USAGE, "%s: no such command (expected: up, etcd)".formatted(command));
    }
  }

  private static void etcd(List<String> flags) throws StartException {
    if (flags.stream().anyMatch(flag -> flag.equals("--version") || flag.equals("-version"))) {
      System.out.println(EtcdCommand.versionText());
      return;
    }
    EtcdCommand command = EtcdCommand.parse(flags, System.getenv());
    command.notices().forEach(notice -> System.err.println("pintle: " + notice));
    serve(command.config(), "ready to serve client requests");
  }

  /// What the launcher runs once after a build, so that the JVM can learn; not for users.
  private static void rehearse(ServerConfig config) throws StartException {
    try (Program program = Program.start(config)) {
      Rehearsal.play(program.endpoints());
    } catch (IOException | GeneralSecurityException failed) {
      throw new StartException(ExitCode.BUG, "the rehearsal ended early: " + failed, failed);
    }
  }

  /// Serves until the process is told to stop. The event loops are daemons, so the main thread stays.
  private static void serve(ServerConfig config, String readyLine) throws StartException {
    Program program = Program.start(config);
    Runtime.getRuntime().addShutdownHook(new Thread(program::close, "stop"));
    System.out.print(program.endpoints().readyBlock());
    if (!readyLine.isEmpty()) {
      System.out.println(readyLine);
    }
    System.out.flush();
    program.awaitClose();
  }
}
