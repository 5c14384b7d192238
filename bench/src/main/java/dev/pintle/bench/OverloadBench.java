package dev.pintle.bench;

import dev.pintle.bench.hostile.Attack;
import dev.pintle.bench.hostile.AttackScale;
import dev.pintle.bench.hostile.AttackedServer;
import dev.pintle.bench.hostile.OverloadAttacks;
import dev.pintle.bench.hostile.OverloadTrial;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Every overload on a server of its own, which was ended by force and started again on what the overload asks for.
final class OverloadBench {
  static final String WORD = "overload";

  private static final Duration TIME = Duration.ofSeconds(20);
  private static final Duration BACK_MAX = Duration.ofSeconds(60);

  private final Options options;
  private final AttackScale effort;
  private final OverloadReport report;
  private int starts;

  private OverloadBench(Options options) {
    this.options = options;
    this.report = new OverloadReport(System.out, options.memoryBytes());
    this.effort = AttackScale.FULL.within(TIME).withShare(options.scale());
  }

  static void run(Options options) throws Exception {
    try (WorkFolder work = WorkFolder.make("pintle-overload")) {
      OverloadBench bench = new OverloadBench(options);
      try {
        bench.all(work.path());
      } finally {
        bench.report.write(options.output());
      }
    }
    System.out.println("written: " + options.output());
  }

  private void all(Path work) throws Exception {
    List<Attack> attacks =
        Stream.concat(OverloadAttacks.all().stream(), OverloadAttacks.afterRestart().stream())
            .filter(one -> options.wants(one.name()))
            .toList();
    for (Attack attack : attacks) {
      for (Contender.Kind kind : kinds()) {
        tryOn(kind, attack, work.resolve("data-" + starts++));
      }
    }
  }

  private List<Contender.Kind> kinds() {
    Contender.Kind ours = new Pintle.Kind(options.launcher());
    return options.alone() ? List.of(ours) : List.of(new RealPair.Kind(options.peers()), ours);
  }

  private void tryOn(Contender.Kind kind, Attack attack, Path data) throws Exception {
    Contender first = kind.start(data);
    OverloadTrial filled;
    try {
      filled = OverloadTrial.of(victim(first), effort, BACK_MAX);
      filled.prepare(attack);
    } finally {
      end(first);
    }
    Contender again = kind.start(data);
    try (OverloadTrial trial = filled.after(victim(again), effort)) {
      long idle = trial.idleBytes();
      report.add(kind.name(), trial.run(attack, idle));
    } finally {
      again.close();
    }
  }

  private static AttackedServer victim(Contender contender) throws IOException {
    return new AttackedServer(
        contender.kube(), contender.token(), contender.etcd(), contender.kubePids());
  }

  /// As a machine ends that loses its power.
  private static void end(Contender contender) throws IOException {
    for (long pid : contender.kubePids()) {
      ProcessHandle.of(pid)
          .ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
          });
    }
    contender.close();
  }
}
