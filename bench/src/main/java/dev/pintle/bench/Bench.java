package dev.pintle.bench;

import dev.pintle.bench.webhook.WebhookProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// `./pintle bench`: every case against the real pair and against Pintle, in turn, in the same run; `./pintle bench hostile`:
/// every attack; `./pintle bench history`: a store that is overwritten for long; `./pintle bench job-storm`: a burst of Jobs; `./pintle bench garbage`: an owner of many objects that
/// is deleted; `./pintle bench namespace`: a full namespace that is; `./pintle bench fairness`: what priority and fairness costs; `./pintle
/// bench quota`: what a quota does; `./pintle bench embed`: what servers within a test's JVM cost.
public final class Bench {
  private static final int ROUNDS = 3;

  private final Options options;
  private final Report report;

  private Bench(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  public static void main(String[] arguments) throws Exception {
    String word = arguments.length > 0 ? arguments[0] : "";
    String[] rest =
        arguments.length > 0 ? Arrays.copyOfRange(arguments, 1, arguments.length) : arguments;
    switch (word) {
      case HostileBench.WORD -> HostileBench.run(Options.parse(rest));
      case OverloadBench.WORD -> OverloadBench.run(Options.parse(rest));
      case HistoryBench.WORD -> HistoryBench.run(Options.parse(rest));
      case GarbageBench.WORD -> GarbageBench.run(Options.parse(rest));
      case NamespaceBench.WORD -> NamespaceBench.run(Options.parse(rest));
      case FairnessBench.WORD -> FairnessBench.run(Options.parse(rest));
      case QuotaBench.WORD -> QuotaBench.run(Options.parse(rest));
      case EmbedBench.WORD -> EmbedBench.run(Options.parse(rest));
      case JobStormBench.WORD -> JobStormBench.run(rest);
      default -> measureCases(arguments);
    }
  }

  private static void measureCases(String[] arguments) throws IOException, InterruptedException {
    Options options = Options.parse(arguments);
    Report report = new Report(System.out);
    try (WorkFolder work = WorkFolder.make("pintle-bench")) {
      new Bench(options, report).run(work.path());
    }
    report.write(options.output(), String.join(" ", arguments));
    System.out.println("written: " + options.output());
  }

  private void run(Path work) throws IOException, InterruptedException {
    Contender.Kind peer = new RealPair.Kind(options.peers());
    Contender.Kind ours = new Pintle.Kind(options.launcher());
    Suite suite = new Suite(options.scale(), options.tools());
    if (options.wants("start")) {
      start(peer, ours, work);
    }
    List<Case> small = chosen(suite.small());
    if (!small.isEmpty()) {
      measure(small, peer, ours, work);
    }
    try (WebhookProcess webhook = WebhookProcess.start()) {
      List<Case> admitted = chosen(suite.admission(webhook));
      if (!admitted.isEmpty()) {
        measure(admitted, peer, ours, work.resolve("admission"));
      }
    }
    if (options.wants(CustomDefinitions.WORD)) {
      definitions(peer, ours, suite.definitions(), work);
    }
    if (options.wants("million")) {
      large(peer, ours, suite, work);
    }
  }

  private void measure(List<Case> cases, Contender.Kind peer, Contender.Kind ours, Path work)
      throws IOException, InterruptedException {
    try (Contender a = peer.start(work.resolve("peer"));
        Contender b = ours.start(work.resolve("pintle"))) {
      measure(cases, a, b);
    }
  }

  private List<Case> chosen(List<Case> cases) {
    Predicate<Case> wanted = one -> options.wants(one.name());
    return cases.stream().filter(wanted).toList();
  }

  private void start(Contender.Kind peer, Contender.Kind ours, Path work)
      throws IOException, InterruptedException {
    Startup.StartupMeasure theirs = Startup.warm(peer, work.resolve("start-peer"));
    Startup.StartupMeasure mine = Startup.warm(ours, work.resolve("start-pintle"));
    report.note(
        "exec to first answer of both surfaces, warm disk: peer %d ms, Pintle %d ms (bar: 1200 ms)"
            .formatted(theirs.millis(), mine.millis()));
    report.note(
        "idle RSS: peer %d MB, Pintle %d MB (bar: 200 MB)"
            .formatted(theirs.idleResidentBytes() >> 20, mine.idleResidentBytes() >> 20));
  }

  /// The peer is given the first tenth only: what one costs it grows with how many there are.
  private void definitions(Contender.Kind peer, Contender.Kind ours, int count, Path work)
      throws IOException, InterruptedException {
    int few = count / 10;
    Path data = work.resolve("definitions-pintle");
    CustomDefinitions.Created theirs;
    CustomDefinitions.Created mine;
    CustomDefinitions.Created all;
    long theirIdle;
    long ourIdle;
    long allIdle;
    long stopMillis;
    try (Contender contender = peer.start(work.resolve("definitions-peer"))) {
      CustomDefinitions definitions = new CustomDefinitions(contender);
      theirs = definitions.create(0, few);
      theirIdle = definitions.idleResidentBytes();
    }
    try (Contender contender = ours.start(data)) {
      CustomDefinitions definitions = new CustomDefinitions(contender);
      mine = definitions.create(0, few);
      ourIdle = definitions.idleResidentBytes();
      all = definitions.create(few, count);
      allIdle = definitions.idleResidentBytes();
      stopMillis = definitions.stopBusy(count);
    }
    report.note(
        "%d definitions one after another: peer %s; Pintle %s"
            .formatted(few, shown(theirs), shown(mine)));
    report.note(
        "idle RSS with %d definitions: peer %d MB, Pintle %d MB (bar: half of it)"
            .formatted(few, theirIdle >> 20, ourIdle >> 20));
    report.note("Pintle's next %d: %s".formatted(count - few, shown(all)));
    report.note(
        "idle RSS of Pintle with %d definitions: %d MB, %.2f MB more for each (bar: 0.5)"
            .formatted(
                count, allIdle >> 20, (allIdle - ourIdle) / 1024.0 / 1024.0 / (count - few)));
    report.note(
        "SIGTERM while another definition is on its way: %d ms until the end (bar: 5 000 ms)"
            .formatted(stopMillis));
    report.note(
        "restart of Pintle with %d definitions: %d ms (bar: 2000 ms)"
            .formatted(count, CustomDefinitions.restart(ours, data, count)));
  }

  private static String shown(CustomDefinitions.Created created) {
    return "%d ms, established after %.1f ms (p50), %.1f ms (p99), %.1f ms at most"
        .formatted(
            created.millis(),
            created.at(0.5) / 1000.0,
            created.at(0.99) / 1000.0,
            created.at(1) / 1000.0);
  }

  private void measure(List<Case> cases, Contender peer, Contender ours)
      throws IOException, InterruptedException {
    for (Case one : cases) {
      one.prepare(peer);
      one.prepare(ours);
      one.warmUp(peer);
      one.warmUp(ours);
      List<Result> theirs = new ArrayList<>();
      List<Result> mine = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        theirs.add(one.run(peer));
        mine.add(one.run(ours));
      }
      report.row(one, Results.median(theirs), Results.median(mine));
    }
  }

  private void large(Contender.Kind peer, Contender.Kind ours, Suite suite, Path work)
      throws IOException, InterruptedException {
    Path theirData = work.resolve("million-peer");
    Path ourData = work.resolve("million-pintle");
    Contender a = peer.start(theirData);
    Contender b = ours.start(ourData);
    try {
      MillionKeys.Loaded theirs = MillionKeys.load(a, options.tools());
      MillionKeys.Loaded mine = MillionKeys.load(b, options.tools());
      report.note(
          "load 1 M × 1 KB: peer %.1f µs CPU a put, RSS %d MB; Pintle %.1f µs, RSS %d MB"
              .formatted(
                  theirs.cpuMicrosEach(),
                  theirs.residentBytes() >> 20,
                  mine.cpuMicrosEach(),
                  mine.residentBytes() >> 20));
      measure(suite.large(), a, b);
      MillionKeys.Restarted theirRestart = MillionKeys.restart(peer, a, theirData);
      a = theirRestart.contender();
      MillionKeys.Restarted ourRestart = MillionKeys.restart(ours, b, ourData);
      b = ourRestart.contender();
      report.note(
          "restart with 1 M × 1 KB (peer: etcd and kube-apiserver): peer %d ms, RSS %d MB; Pintle %d ms, RSS %d MB"
              .formatted(
                  theirRestart.millis(),
                  theirRestart.residentBytes() >> 20,
                  ourRestart.millis(),
                  ourRestart.residentBytes() >> 20));
    } finally {
      a.close();
      b.close();
    }
  }
}
