package dev.pintle.embed;

/// The program whose run teaches a JVM what to keep for the start of servers in later ones:
///
/// ```
/// java -XX:AOTCacheOutput=target/pintle.aot -cp JARS dev.pintle.embed.AotTraining
/// ```
///
/// Tests that are run with `-XX:AOTCache=target/pintle.aot` find classes loaded and linked there. `JARS` are those of their class path, in the order in which
/// they stand there, without folders, of which the JVM keeps nothing.
public final class AotTraining {
  private AotTraining() {}

  /// Starts a server, uses it, and closes it.
  ///
  /// @param arguments none
  public static void main(String[] arguments) {
    if (arguments.length > 0) {
      throw new IllegalArgumentException(
          "AotTraining: %s (expected: no argument)".formatted(String.join(" ", arguments)));
    }
    try (PintleServer server = PintleServer.builder().start();
        PintleServer branch = server.branch()) {
      branch.awaitSettled();
      server.awaitSettled();
      server.reset();
    }
  }
}
