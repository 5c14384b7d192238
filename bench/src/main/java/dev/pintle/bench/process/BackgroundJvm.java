package dev.pintle.bench.process;

import dev.pintle.wire.loop.NiceValue;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// A JVM that plays other machines: all of it comes after the servers and after those who measure them, as it would be at the cost of
/// processors of its own. It is told what to do on its standard input and answers on its standard output; what it has to say goes where
/// ours goes. It is compiled, and encrypts, as the JVM that starts it: where that lives too short for the second compiler, it does as well.
public final class BackgroundJvm {
  private static final List<String> FLAGS =
      List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

  /// Flags of the JVM that starts it which hold for it, too.
  private static final List<String> SHARED =
      List.of("-XX:TieredStopAtLevel=", "-Djdk.tls.client.cipherSuites=");

  private BackgroundJvm() {}

  /// Starts the `main` of a class of this class path.
  public static Process start(Class<?> program) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(FLAGS);
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> SHARED.stream().anyMatch(flag::startsWith))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    return inBackground(new ProcessBuilder(command).redirectError(Redirect.INHERIT));
  }

  /// A process inherits the nice value of the thread that starts it.
  private static Process inBackground(ProcessBuilder command)
      throws IOException, InterruptedException {
    FutureTask<Process> start =
        new FutureTask<>(() -> {
          NiceValue.ofThisThread(NiceValue.BACKGROUND);
          return command.start();
        });
    Thread.ofPlatform().daemon().name("start-in-background").start(start);
    try {
      return start.get();
    } catch (ExecutionException failed) {
      throw new IOException("a process in the background", failed.getCause());
    }
  }
}
