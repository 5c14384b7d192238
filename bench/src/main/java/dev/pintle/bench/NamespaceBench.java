package dev.pintle.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/// The deletion of a namespace with ten thousand objects of sixty kinds, on the real pair with kube-controller-manager and then on Pintle:
/// how long it takes until the namespace is gone.
final class NamespaceBench {
  static final String WORD = "namespace";

  private static final int OBJECTS_FULL = 10_000;
  private static final Duration GONE_WITHIN = Duration.ofMinutes(20);
  private static final long BAR_MILLIS = 10_000;

  /// Those of Pintle that have to do with what is deleted, and so with how long it takes.
  private static final String CONTROLLERS =
      "namespace-controller,garbage-collector-controller,serviceaccount-controller,resourcequota-controller,"
          + "persistentvolumeclaim-protection-controller,endpoints-controller,endpointslice-controller,"
          + "endpointslice-mirroring-controller,ttl-after-finished-controller,root-ca-certificate-publisher-controller";

  private final Options options;
  private final int objects;

  private NamespaceBench(Options options) {
    this.options = options;
    this.objects = (int) Math.max(FullNamespace.KINDS, Math.round(OBJECTS_FULL * options.scale()));
  }

  /// The figures of one deletion.
  ///
  /// @param found how many objects there were, with those that controllers had added
  /// @param millis from the request on until the namespace is gone
  /// @param cpuMicros of all processes meanwhile
  private record Emptied(int found, long millis, long cpuMicros, long before, long after) {}

  static void run(Options options) throws IOException, InterruptedException {
    try (WorkFolder work = WorkFolder.make("pintle-namespace")) {
      new NamespaceBench(options).both(work.path());
    }
    System.out.println("written: " + options.output());
  }

  private void both(Path work) throws IOException, InterruptedException {
    Emptied theirs;
    try (Contender pair = new RealPair.Kind(options.peers()).start(work.resolve("peer"));
        ControllerManager manager =
            ControllerManager.start(options.tools(), work.resolve("peer"), work, CONTROLLERS)) {
      theirs = empty(pair, List.of(manager.pid()));
    }
    Emptied mine;
    try (Contender ours = new Pintle.Kind(options.launcher()).start(work.resolve("pintle"))) {
      mine = empty(ours, List.of());
    }
    Files.writeString(options.output(), report(theirs, mine));
  }

  private Emptied empty(Contender contender, List<Long> controllers)
      throws IOException, InterruptedException {
    FullNamespace namespace = new FullNamespace(contender.kube(), contender.token(), "full");
    namespace.fill(objects);
    int found = namespace.size();
    List<Long> pids = Stream.concat(contender.kubePids().stream(), controllers.stream()).toList();
    Usage before = Usage.of(pids);
    long millis = namespace.delete(GONE_WITHIN);
    Usage after = Usage.of(pids);
    System.out.printf("%s: %,d objects gone after %,d ms%n", contender.name(), found, millis);
    return new Emptied(
        found,
        millis,
        after.cpuMicros() - before.cpuMicros(),
        before.residentBytes(),
        after.residentBytes());
  }

  private String report(Emptied peer, Emptied ours) throws IOException {
    return """
    ## The end of a namespace, %s, %s

    A namespace with %,d objects of %d kinds is deleted, half of the kinds custom; those of four wait for a client that takes away their finalizer once they are
    being deleted, those of three have owners. The time from the request until the namespace is gone, and the processor of all processes meanwhile. kube-controller-manager stands
    beside the pair, its client let to send 10,000 requests a second. Objects with those that controllers add.

    | | objects | ms | CPU µs an object | RSS MB before | RSS MB after |
    |---|---|---|---|---|---|
    | etcd + kube-apiserver + kube-controller-manager | %,d | %,d | %.0f | %d | %d |
    | Pintle | %,d | %,d | %.0f | %d | %d |
    | ratio (bar: Pintle in %,d ms) | | %.1f× | %.1f× | | |
    """
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            Machine.describe(),
            objects,
            FullNamespace.KINDS,
            peer.found(),
            peer.millis(),
            (double) peer.cpuMicros() / peer.found(),
            peer.before() >> 20,
            peer.after() >> 20,
            ours.found(),
            ours.millis(),
            (double) ours.cpuMicros() / ours.found(),
            ours.before() >> 20,
            ours.after() >> 20,
            BAR_MILLIS,
            (double) peer.millis() / ours.millis(),
            (double) peer.cpuMicros() / ours.cpuMicros());
  }
}
