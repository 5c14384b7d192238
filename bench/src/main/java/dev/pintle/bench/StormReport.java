package dev.pintle.bench;

import dev.pintle.bench.storm.StormChart;
import dev.pintle.bench.storm.StormRun;
import dev.pintle.bench.storm.StormScale;
import dev.pintle.bench.storm.StormTables;
import dev.pintle.bench.storm.Traffic;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// The storms of one run, printed as they end and written as Markdown with a picture beside it.
final class StormReport {
  private static final String PICTURE = "job-storm.svg";
  private static final String OURS = "Pintle";

  private final PrintStream out;
  private final List<StormRun> runs = new ArrayList<>();

  StormReport(PrintStream out) {
    this.out = out;
  }

  void add(StormRun run) {
    runs.add(run);
    out.printf(
        "  %,.0f Jobs/s, all complete in %.1f s, %.0f µs of CPU a request, RSS %d MB%n",
        run.outcome().jobsPerSecond(),
        run.outcome().allSeconds(),
        run.cpuMicrosEach(),
        run.residentBytes() >> 20);
    for (Traffic traffic : Traffic.values()) {
      var figures = run.of(traffic);
      out.printf(
          "    %-26s p50 %8.1f ms  p99 %8.1f ms  of %d, %d × 429, %d failed%n",
          traffic.title(),
          figures.whole().millisAt(0.5),
          figures.whole().millisAt(0.99),
          figures.whole().count(),
          figures.rejected(),
          figures.failed());
      figures.failures().forEach(failure -> out.println("      " + failure));
    }
  }

  void write(Path file, String flags, StormScale scale) throws IOException {
    String text =
        """
        # A burst of Jobs, and what everybody else feels of it

        Written by `./pintle bench job-storm`. %1$d clients, ten tenants with a service account each, create %2$,d Jobs as fast as they are let, each over a connection of its
        own; for each Job the Job controller, the scheduler and kubelets write what a cluster writes for a Job of one pod: the pod, its binding, three times its status (Pending,
        Running, Succeeded), its finalizer's end, three times the Job's status: nine writes, %3$d Jobs at the same time. Events are left out. Meanwhile:

        - %4$d nodes renew their leases every %5$d s, every sixth time it is the node's status instead
        - %6$d leaders renew every 2 s, half of them in `kube-system`, half of operators elsewhere, and as many candidates look
        - two operators' informers see all Jobs and all pods, and begin anew every %7$d s
        - %8$d people get an object five times a second and list a namespace's Jobs once a second, as tables, over a connection that is open

        Nobody is in `system:masters`: nodes, the scheduler and people have certificates, all others tokens of service accounts. Latencies are from end to end, with the waits
        after a 429 (`Retry-After`, ten times at the most, as client-go does) in them; "of an attempt" is without. Heartbeats, elections and people ask at
        their time, however long the request before took, and their latency counts from when they were due. The burst's clients and controllers are a process of their own with a nice value of 10, as
        if they had machines of their own; everybody else is another process. Each storm has a server of its own, just started, that a burst of %9$,d Jobs has warmed up.
        Fairness `off` is `--enable-priority-and-fairness=false`, `default` that of a new cluster, `tuned` with the files of [examples/job-storm](../examples/job-storm). CPU is
        user and system of the server's processes, divided by the requests of all classes; what informers are told is in it.

        ![Jobs a second, and latencies of each class](%10$s)

        """
                .formatted(
                    scale.creators(),
                    scale.jobs(),
                    scale.followers(),
                    scale.nodes(),
                    scale.beat().toSeconds(),
                    scale.electors(),
                    scale.watch().toSeconds(),
                    scale.people(),
                    scale.warmUpJobs(),
                    PICTURE)
            + "## %s, %s%n%nFlags: `%s`.%n%n"
                .formatted(LocalDate.now(ZoneOffset.UTC), Machine.describe(), flags)
            + new StormTables(OURS, runs).all();
    Files.writeString(file, text);
    Files.writeString(
        file.resolveSibling(PICTURE),
        StormChart.of(
            "%,d Jobs by %d clients".formatted(scale.jobs(), scale.creators()), OURS, runs));
  }
}
