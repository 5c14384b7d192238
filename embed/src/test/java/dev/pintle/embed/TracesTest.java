package dev.pintle.embed;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.pintle.embed.faults.Fault;
import dev.pintle.embed.requests.RequestFilter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The traces of a server in the JVM it lived in.
class TracesTest {
  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";

  /// Netty's own, one for the whole JVM: it ends by itself when nothing was asked of it for a second.
  private static final String OF_NETTY = "globalEventExecutor-";

  private static final Duration LINGER_MAX = Duration.ofSeconds(10);

  @TempDir private Path folder;

  @Test
  void noThreadIsLeft() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    use(PintleServer.builder());
    use(PintleServer.builder().folder(folder.resolve("data")));
    branch(PintleServer.builder());
    branch(PintleServer.builder().folder(folder.resolve("branched")));
    List<Thread> left =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !before.contains(thread) && !isOfTheJvm(thread))
            .toList();
    assertThat(left).allMatch(thread -> thread.getName().startsWith(OF_NETTY));
    for (Thread each : left) {
      assertThat(each.join(LINGER_MAX)).isTrue();
    }
    assertThat(dumped())
        .doesNotContain(
            "\"kube-", "\"pintle-", "\"work-", "\"wire-", "compactor\"", "\"cluster-timers\"");
  }

  @Test
  void theProcessIsAsItWas() throws Exception {
    use(PintleServer.builder());
    branch(PintleServer.builder());
    Properties properties = (Properties) System.getProperties().clone();
    Set<String> temporary = temporary();
    var beans = ManagementFactory.getPlatformMBeanServer().queryNames(null, null);
    use(PintleServer.builder());
    branch(PintleServer.builder());
    assertThat(System.getProperties()).isEqualTo(properties);
    assertThat(temporary()).isEqualTo(temporary);
    assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(null, null)).isEqualTo(beans);
  }

  @Test
  void aHealthyServerSaysNothing() throws Exception {
    Queue<String> said = new ConcurrentLinkedQueue<>();
    Handler listener = listener(said);
    Logger root = Logger.getLogger("");
    root.addHandler(listener);
    try {
      use(PintleServer.builder());
      use(PintleServer.builder().folder(folder.resolve("data")));
      branch(PintleServer.builder());
    } finally {
      root.removeHandler(listener);
    }
    assertThat(said).isEmpty();
  }

  private static void use(PintleServer.Builder wishes) throws Exception {
    try (PintleServer server = wishes.start()) {
      use(server);
    }
  }

  /// The origin goes before its branches.
  private static void branch(PintleServer.Builder wishes) throws Exception {
    PintleServer origin = wishes.start();
    use(origin);
    try (PintleServer branch = origin.branch();
        PintleServer next = branch.branch()) {
      origin.close();
      use(branch);
      use(next);
    }
  }

  private static void use(PintleServer server) throws Exception {
    try (Http client = Http.of(server);
        Http etcd = Http.of(server.etcd())) {
      client.post(
          CONFIG_MAPS,
          "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"mine\"}}");
      assertThat(client.get(CONFIG_MAPS + "/mine").statusCode()).isEqualTo(200);
      assertThat(etcd.post("/v3/kv/range", "{\"key\":\"AA==\"}").statusCode()).isEqualTo(200);
      server.faults().add(Fault.slow(Duration.ofMinutes(5)).on(RequestFilter.any().verb("list")));
      var slow = client.getLater(CONFIG_MAPS);
      assertThat(server.requests().await(RequestFilter.any().verb("list"), LINGER_MAX)).isPresent();
      assertThat(slow).isNotDone();
      server.clock().advance(Duration.ofHours(2));
      server.reset();
      assertThat(slow.get(LINGER_MAX.toSeconds(), TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
  }

  /// The carriers of virtual threads and what belongs to them.
  private static boolean isOfTheJvm(Thread thread) {
    return thread.getThreadGroup() == null
        || thread.getName().startsWith("ForkJoinPool-1-")
        || thread.getClass().getName().startsWith("jdk.internal.")
        || thread.getThreadGroup().getName().matches("system|InnocuousThreadGroup");
  }

  /// All threads, virtual ones as well, as JSON.
  private String dumped() throws IOException {
    Path file = folder.resolve("threads.json");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(file.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
    return Files.readString(file);
  }

  private static Set<String> temporary() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("(?i).*(pintle|netty|rocksdb|tcnative).*"))
          .collect(Collectors.toSet());
    }
  }

  private static Handler listener(Queue<String> said) {
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            said.add(line.getLevel() + " " + line.getLoggerName() + ": " + line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    handler.setLevel(Level.INFO);
    return handler;
  }
}
