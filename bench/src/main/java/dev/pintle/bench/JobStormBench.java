package dev.pintle.bench;

import dev.pintle.bench.api.ClientAuthority;
import dev.pintle.bench.storm.Fairness;
import dev.pintle.bench.storm.FairnessFiles;
import dev.pintle.bench.storm.StormOutcome;
import dev.pintle.bench.storm.StormProcess;
import dev.pintle.bench.storm.StormRun;
import dev.pintle.bench.storm.StormScale;
import dev.pintle.bench.storm.StormTarget;
import dev.pintle.bench.storm.StormTrial;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A burst of Jobs over the real pair and over Pintle in turn, without fairness, with that of a new cluster, and with the configuration of
/// `examples/job-storm`; each on a server that was just started.
final class JobStormBench {
  static final String WORD = "job-storm";

  private static final String OFF = "--enable-priority-and-fairness=false";
  private static final String CLIENTS = "clients";

  private final Options options;
  private final StormScale scale;
  private final Path work;
  private final StormReport report;

  private JobStormBench(Options options, Path work, StormReport report) {
    this.options = options;
    this.scale = (options.quick() ? StormScale.QUICK : StormScale.FULL).withShare(options.scale());
    this.work = work;
    this.report = report;
  }

  static void run(String[] arguments) throws IOException, InterruptedException {
    Options options = Options.parse(arguments);
    try (WorkFolder work = WorkFolder.make("pintle-job-storm")) {
      StormReport report = new StormReport(System.out);
      JobStormBench bench = new JobStormBench(options, work.path(), report);
      try {
        bench.all();
      } finally {
        report.write(options.output(), String.join(" ", arguments), bench.scale);
      }
    }
    System.out.println("written: " + options.output());
  }

  private void all() throws IOException, InterruptedException {
    try (StormProcess process = StormProcess.start()) {
      for (Fairness fairness : wanted()) {
        for (Contender.Kind kind : kinds(fairness)) {
          report.add(storm(kind, fairness, process));
        }
      }
    }
  }

  private List<Fairness> wanted() {
    return Arrays.stream(Fairness.values()).filter(one -> options.wants(one.word())).toList();
  }

  private List<Contender.Kind> kinds(Fairness fairness) throws IOException {
    boolean off = fairness == Fairness.OFF;
    List<Contender.Kind> kinds = new ArrayList<>();
    if (!options.alone()) {
      Path authority = data(RealPair.NAME, fairness).resolve(CLIENTS);
      try {
        ClientAuthority.make(authority);
      } catch (GeneralSecurityException notMade) {
        throw new IOException("an authority in " + authority, notMade);
      }
      String flags = "--client-ca-file=" + authority.resolve("ca.crt") + (off ? " " + OFF : "");
      kinds.add(new RealPair.Kind(options.peers(), flags));
    }
    kinds.add(new Pintle.Kind(options.launcher(), off ? List.of(OFF) : List.of()));
    return kinds;
  }

  private Path data(String contender, Fairness fairness) {
    return work.resolve(
        "%s-%s".formatted(contender.equals(RealPair.NAME) ? "pair" : "pintle", fairness.word()));
  }

  private StormRun storm(Contender.Kind kind, Fairness fairness, StormProcess process)
      throws IOException, InterruptedException {
    Path data = data(kind.name(), fairness);
    System.out.printf("%s, fairness %s: starting%n", kind.name(), fairness.word());
    try (Contender contender = kind.start(data)) {
      Path authority = data.resolve(kind.name().equals(RealPair.NAME) ? CLIENTS : "pki");
      StormTarget target = new StormTarget(contender.kube(), contender.token(), authority);
      if (fairness == Fairness.TUNED) {
        new FairnessFiles(options.root().resolve("examples/job-storm")).apply(target);
      }
      try (StormTrial trial = StormTrial.of(target, scale, process)) {
        System.out.printf("  everybody is there; warming up with %d Jobs%n", scale.warmUpJobs());
        trial.warmUp();
        Usage before = Usage.of(contender.kubePids());
        StormOutcome outcome = trial.storm();
        Usage after = Usage.of(contender.kubePids());
        return new StormRun(
            kind.name(),
            fairness,
            outcome,
            after.cpuMicros() - before.cpuMicros(),
            after.residentBytes());
      }
    }
  }
}
