package dev.pintle.bench.embedded;

import dev.pintle.embed.PintleServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The program of a JVM in which servers are started as a test starts them. Its first argument says what for, and its answers are lines of
/// words: the first of each names it.
///
/// - `first`: one server; tells when its start began, and how it is reached, and ends with its standard input.
/// - `further`: times of further servers, resets and branches, and the memory of servers that are only there.
public final class ServerInJvm {
  /// `begun NANOS`, by the machine's clock that never goes back, which all processes of the machine read alike.
  public static final String BEGUN = "begun";

  /// `serves URL TOKEN NANOS`: at what time the start returned.
  public static final String SERVES = "serves";

  public static final String FIRST = "first";
  public static final String FURTHER = "further";

  private static final int ROUNDS = 21;
  private static final int KEPT = 10;
  private static final int OBJECTS = 20;
  private static final double NANOS_PER_MILLI = 1e6;

  private ServerInJvm() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case FIRST -> first();
      case FURTHER -> further();
      default ->
          throw new IllegalArgumentException(
              arguments[0] + ": unknown (expected: %s or %s)".formatted(FIRST, FURTHER));
    }
  }

  private static void first() throws IOException {
    tell(BEGUN, Long.toString(System.nanoTime()));
    try (PintleServer server = PintleServer.builder().start()) {
      tell(SERVES, server.url().toString(), server.token(), Long.toString(System.nanoTime()));
      while (System.in.read() >= 0) {
        // Until it is closed.
      }
    }
  }

  private static void tell(String... words) {
    System.out.println(String.join(" ", words));
    System.out.flush();
  }

  private static void further() throws IOException, InterruptedException {
    try (PintleServer first = PintleServer.builder().start()) {
      OneConfigMap.createAndRead(first.url().toString(), first.token(), "first");
      List<Double> starts = new ArrayList<>();
      List<Double> read = new ArrayList<>();
      for (int i = 0; i < ROUNDS; i++) {
        long begun = System.nanoTime();
        try (PintleServer server = PintleServer.builder().start()) {
          starts.add(millisSince(begun));
          OneConfigMap.createAndRead(server.url().toString(), server.token(), "further");
          read.add(millisSince(begun));
        }
      }
      tellAll("start", starts);
      tellAll("read", read);
      tellAll("reset", resets(first));
      tellAll("branch", branches(first));
    }
    memory("servers", () -> PintleServer.builder().start());
    try (PintleServer origin = PintleServer.builder().start()) {
      memory("branches", origin::branch);
    }
  }

  private static List<Double> resets(PintleServer server) throws IOException, InterruptedException {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      for (int object = 0; object < OBJECTS; object++) {
        OneConfigMap.createAndRead(server.url().toString(), server.token(), "reset-" + object);
      }
      long begun = System.nanoTime();
      server.reset();
      millis.add(millisSince(begun));
    }
    return millis;
  }

  private static List<Double> branches(PintleServer server) {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      long begun = System.nanoTime();
      PintleServer branch = server.branch();
      millis.add(millisSince(begun));
      branch.close();
    }
    return millis;
  }

  /// A source of servers.
  @FunctionalInterface
  private interface Starting {
    PintleServer start();
  }

  /// What each of several idle servers holds: of the heap after a full collection, and of what is resident of the process beside it, whose heap
  /// has been touched from its beginning.
  private static void memory(String name, Starting starting)
      throws IOException, InterruptedException {
    List<PintleServer> kept = new ArrayList<>();
    try {
      use(starting.start(), kept);
      long heap = heapUsed();
      long resident = resident();
      for (int i = 0; i < KEPT; i++) {
        use(starting.start(), kept);
      }
      tellAll(
          name,
          List.of(
              (heapUsed() - heap) / (double) KEPT / (1 << 20),
              (resident() - resident) / (double) KEPT / (1 << 20)));
    } finally {
      kept.forEach(PintleServer::close);
    }
  }

  private static void use(PintleServer server, List<PintleServer> kept)
      throws IOException, InterruptedException {
    kept.add(server);
    OneConfigMap.createAndRead(server.url().toString(), server.token(), "memory");
  }

  private static long heapUsed() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static long resident() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
      }
    }
    throw new IOException("/proc/self/status: no VmRSS (expected: Linux)");
  }

  private static double millisSince(long nanos) {
    return (System.nanoTime() - nanos) / NANOS_PER_MILLI;
  }

  private static void tellAll(String name, List<Double> figures) {
    tell(
        name,
        figures.stream()
            .map(figure -> String.format(Locale.ROOT, "%.3f", figure))
            .collect(Collectors.joining(" ")));
  }
}
