package dev.pintle.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The deletion of an object that owns a hundred thousand others, on the real pair with kube-controller-manager and then on Pintle: how
/// long it takes until all of them are gone.
final class GarbageBench {
  static final String WORD = "garbage";

  private static final int DEPENDENTS_FULL = 100_000;
  private static final int DEPENDENTS_MIN = 1_000;
  private static final Duration GONE_WITHIN = Duration.ofMinutes(20);
  private static final String PATH = "/api/v1/namespaces/default/configmaps";

  private final Options options;
  private final int dependents;

  private GarbageBench(Options options) {
    this.options = options;
    this.dependents = (int) Math.max(DEPENDENTS_MIN, Math.round(DEPENDENTS_FULL * options.scale()));
  }

  /// The figures of one collection.
  ///
  /// @param millis from the answer to the deletion of the owner until no dependent is left
  /// @param cpuMicros of all processes meanwhile
  private record Collected(long millis, long cpuMicros, long residentBytes) {}

  static void run(Options options) throws IOException, InterruptedException {
    try (WorkFolder work = WorkFolder.make("pintle-garbage")) {
      new GarbageBench(options).both(work.path());
    }
    System.out.println("written: " + options.output());
  }

  private void both(Path work) throws IOException, InterruptedException {
    Collected theirs;
    try (Contender pair = new RealPair.Kind(options.peers()).start(work.resolve("peer"));
        ControllerManager manager =
            ControllerManager.start(
                options.tools(), work.resolve("peer"), work, "garbage-collector-controller")) {
      theirs = collect(pair, List.of(manager.pid()));
    }
    Collected mine;
    try (Contender ours = new Pintle.Kind(options.launcher()).start(work.resolve("pintle"))) {
      mine = collect(ours, List.of());
    }
    Files.writeString(options.output(), report(theirs, mine));
  }

  private Collected collect(Contender contender, List<Long> controllers)
      throws IOException, InterruptedException {
    KubeCalls calls = new KubeCalls(contender);
    String owner = calls.post(PATH, "{\"metadata\":{\"name\":\"owner\"}}");
    new H2Load(
            contender.kube() + PATH,
            4,
            8,
            dependents,
            List.of("authorization: Bearer " + contender.token(), "content-type: application/json"),
            dependent(uid(owner)))
        .run();
    List<Long> pids = Stream.concat(contender.kubePids().stream(), controllers.stream()).toList();
    Usage before = Usage.of(pids);
    long start = System.nanoTime();
    calls.delete(PATH + "/owner", "{\"propagationPolicy\":\"Background\"}");
    KubeCalls.await(
        "%d dependents gone".formatted(dependents),
        GONE_WITHIN,
        () -> {
          TimeUnit.MILLISECONDS.sleep(20);
          return !calls.get(PATH + "?limit=1&labelSelector=bench").contains("\"uid\"");
        });
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    Usage after = Usage.of(pids);
    System.out.printf("%s: %d ms%n", contender.name(), millis);
    return new Collected(millis, after.cpuMicros() - before.cpuMicros(), after.residentBytes());
  }

  private static byte[] dependent(String uid) {
    return """
    {"metadata":{"generateName":"dependent-","labels":{"bench":"dependent"},"ownerReferences":[{"apiVersion":"v1",\
    "kind":"ConfigMap","name":"owner","uid":"%s"}]}}\
    """
        .formatted(uid)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String uid(String object) {
    String mark = "\"uid\":\"";
    int start = object.indexOf(mark) + mark.length();
    return object.substring(start, object.indexOf('"', start));
  }

  private String report(Collected peer, Collected ours) throws IOException {
    return """
    ## Garbage, %s, %s

    %,d ConfigMaps with one owner, which is deleted in the background: the time from the answer until a list finds none of them, and the
    processor of all processes meanwhile. kube-controller-manager stands beside the pair, its client let to send 10,000 requests a second.

    | | ms | CPU µs a dependent | RSS MB after |
    |---|---|---|---|
    | etcd + kube-apiserver + kube-controller-manager | %,d | %.1f | %d |
    | Pintle | %,d | %.1f | %d |
    | ratio (bar: 4×) | %.1f× | %.1f× | |
    """
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            Machine.describe(),
            dependents,
            peer.millis(),
            (double) peer.cpuMicros() / dependents,
            peer.residentBytes() >> 20,
            ours.millis(),
            (double) ours.cpuMicros() / dependents,
            ours.residentBytes() >> 20,
            (double) peer.millis() / ours.millis(),
            (double) peer.cpuMicros() / ours.cpuMicros());
  }
}
