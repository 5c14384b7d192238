package dev.pintle.bench;

import dev.pintle.bench.embedded.OneConfigMap;
import dev.pintle.bench.embedded.ServerInJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The costs of a server within a test's JVM beside those of the programs that a test would start else: the first one, further ones, resets,
/// branches, memory, jars, and a test class of an operator.
final class EmbedBench {
  static final String WORD = "embed";

  private static final int ROUNDS_FULL = 5;
  private static final Duration TESTS_WITHIN = Duration.ofMinutes(5);

  private final Options options;
  private final TestClassPath classPath;
  private final int rounds;
  private final EmbedTable table = new EmbedTable();

  private EmbedBench(Options options) throws IOException {
    this.options = options;
    this.classPath = TestClassPath.of(options.root());
    this.rounds = (int) Math.max(1, Math.round(ROUNDS_FULL * options.scale()));
  }

  static void run(Options options) throws IOException, InterruptedException {
    try (WorkFolder work = WorkFolder.make("pintle-embed")) {
      new EmbedBench(options).run(work.path());
    }
    System.out.println("written: " + options.output());
  }

  private void run(Path work) throws IOException, InterruptedException {
    Path archive = work.resolve("test.aot");
    if (options.wants("first")) {
      firstServers(archive, work);
    }
    if (options.wants("further")) {
      furtherServers();
    }
    if (options.wants("jars")) {
      table.row("jars of a test's class path without RocksDB, MB", 25, classPath.megabytes());
    }
    if (options.wants("operator")) {
      operatorTests();
    }
    Files.writeString(
        options.output(), table.text(LocalDate.now(ZoneOffset.UTC), Machine.describe(), rounds));
  }

  /// The first client of this JVM and the pages of the disk are warm then.
  private void firstServers(Path archive, Path work) throws IOException, InterruptedException {
    first(List.of("-XX:AOTCacheOutput=" + archive));
    List<FirstServer> cold = new ArrayList<>();
    List<FirstServer> archived = new ArrayList<>();
    List<Double> pair = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      cold.add(first(List.of()));
      archived.add(first(List.of("-XX:AOTCache=" + archive)));
      if (!options.alone()) {
        pair.add(pair(work.resolve("pair-" + i)));
      }
    }
    table.row("first server, until a ConfigMap is read back, ms", 700, millis(cold));
    table.row("that, CPU of the JVM from its start on, ms", 0, cpu(cold));
    table.row("first server with an AOT cache, ms", 400, millis(archived));
    table.row("that, CPU of the JVM from its start on, ms", 0, cpu(archived));
    if (!pair.isEmpty()) {
      table.row("etcd and kube-apiserver, until a ConfigMap is read back, ms", 0, pair);
    }
  }

  private static List<Double> millis(List<FirstServer> servers) {
    return servers.stream().map(FirstServer::millis).toList();
  }

  private static List<Double> cpu(List<FirstServer> servers) {
    return servers.stream().map(server -> server.cpuMicros() / 1000.0).toList();
  }

  /// The figures of one JVM's first server.
  ///
  /// @param millis from before its start until a ConfigMap was read back
  /// @param cpuMicros of the whole JVM until then
  private record FirstServer(double millis, long cpuMicros) {}

  private FirstServer first(List<String> flags) throws IOException, InterruptedException {
    try (TestJvm jvm = TestJvm.start(classPath, flags, ServerInJvm.FIRST)) {
      long begun = Long.parseLong(jvm.answer(ServerInJvm.BEGUN).getFirst());
      List<String> serves = jvm.answer(ServerInJvm.SERVES);
      OneConfigMap.createAndRead(serves.get(0), serves.get(1), "first");
      double millis = (System.nanoTime() - begun) / 1e6;
      FirstServer figures = new FirstServer(millis, Usage.of(List.of(jvm.pid())).cpuMicros());
      System.out.printf(
          Locale.ROOT,
          "first server %s: %.0f ms (%.0f ms until its start returned), %d ms of CPU%n",
          flags,
          figures.millis(),
          (Long.parseLong(serves.get(2)) - begun) / 1e6,
          figures.cpuMicros() / 1000);
      return figures;
    }
  }

  private double pair(Path data) throws IOException, InterruptedException {
    Files.createDirectories(data);
    long begun = System.nanoTime();
    try (Contender pair = new RealPair.Kind(options.peers()).start(data)) {
      OneConfigMap.createAndRead(pair.kube(), pair.token(), "first");
      double millis = (System.nanoTime() - begun) / 1e6;
      System.out.printf(Locale.ROOT, "etcd and kube-apiserver: %.0f ms%n", millis);
      return millis;
    }
  }

  private void furtherServers() throws IOException, InterruptedException {
    List<String> flags = List.of("-Xms384m", "-Xmx384m", "-XX:+AlwaysPreTouch");
    try (TestJvm jvm = TestJvm.start(classPath, flags, ServerInJvm.FURTHER)) {
      List<Double> starts = jvm.figures("start");
      table.row("further server, until its start returned, ms", 0, starts);
      table.row("further server, until a ConfigMap is read back, ms", 150, jvm.figures("read"));
      table.row("reset of 20 objects, ms", 5, jvm.figures("reset"));
      table.row("branch, ms", 5, jvm.figures("branch"));
      for (String kind : List.of("servers", "branches")) {
        List<Double> memory = jvm.figures(kind);
        double heap = memory.get(0);
        double beside = memory.get(1);
        table.row("memory of one of ten %s: heap, MB".formatted(kind), 0, List.of(heap));
        table.row("beside the heap, MB", 0, List.of(beside));
        table.row("both, MB", 12, List.of(heap + beside));
      }
    }
  }

  /// By the build's own report of the example's tests.
  private void operatorTests() throws IOException, InterruptedException {
    String test = "SiteReconcilerTest";
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      Commands.run(
          TESTS_WITHIN,
          List.of(
              "sh",
              "-c",
              "cd \"$0\" && exec ./mvnw -B -q -Dquick -pl examples -am test -Dtest=%s -Dsurefire.failIfNoSpecifiedTests=false"
                  .formatted(test),
              options.root().toString()));
      String report =
          Files.readString(
              options
                  .root()
                  .resolve(
                      "examples/target/quick/surefire-reports/TEST-dev.pintle.examples.operator.%s.xml"
                          .formatted(test)));
      String time = " time=\"";
      int from = report.indexOf(time) + time.length();
      seconds.add(Double.parseDouble(report.substring(from, report.indexOf('"', from))));
      System.out.printf(Locale.ROOT, "%s: %.2f s%n", test, seconds.getLast());
    }
    table.row("ten tests of an operator of JOSDK, each in a cluster of its own, s", 5, seconds);
  }
}
