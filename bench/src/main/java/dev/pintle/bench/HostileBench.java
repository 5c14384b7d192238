package dev.pintle.bench;

import dev.pintle.bench.hostile.Attack;
import dev.pintle.bench.hostile.AttackCost;
import dev.pintle.bench.hostile.AttackScale;
import dev.pintle.bench.hostile.AttackedServer;
import dev.pintle.bench.hostile.Catalogue;
import dev.pintle.bench.hostile.ServerTrial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Every attack on the real pair and on Pintle, a family at a time, each on servers that were just started.
final class HostileBench {
  static final String WORD = "hostile";

  private final Options options;
  private final AttackScale effort;
  private final HostileReport report;
  private int starts;

  private HostileBench(Options options, HostileReport report) {
    this.options = options;
    this.effort = AttackScale.FULL.withShare(options.scale());
    this.report = report;
  }

  static void run(Options options) throws IOException, InterruptedException {
    try (WorkFolder work = WorkFolder.make("pintle-hostile")) {
      HostileReport report = new HostileReport(System.out);
      try {
        new HostileBench(options, report).all(work.path());
      } finally {
        report.write(options.output());
      }
    }
    System.out.println("written: " + options.output());
  }

  private void all(Path work) throws IOException, InterruptedException {
    for (Map.Entry<String, List<Attack>> family : Catalogue.families().entrySet()) {
      List<Attack> attacks =
          family.getValue().stream()
              .filter(one -> options.wants(family.getKey()) || options.wants(one.name()))
              .toList();
      for (Contender.Kind kind : kinds()) {
        tryOn(kind, attacks, work);
      }
    }
  }

  private List<Contender.Kind> kinds() {
    Contender.Kind ours = new Pintle.Kind(options.launcher());
    return options.alone() ? List.of(ours) : List.of(new RealPair.Kind(options.peers()), ours);
  }

  private void tryOn(Contender.Kind kind, List<Attack> attacks, Path work)
      throws IOException, InterruptedException {
    @Nullable Attacked server = null;
    for (Attack attack : attacks) {
      if (server == null) {
        server = Attacked.start(kind, work.resolve("data-" + starts++), effort);
      }
      AttackCost toll = server.run(attack);
      report.add(kind.name(), toll);
      // the next attack is not to suffer from this one
      if (!toll.alive() || !toll.wrong().isEmpty()) {
        server.close();
        server = null;
      }
    }
    if (server != null) {
      server.close();
    }
  }

  /// A contender with a trial on it.
  private record Attacked(Contender contender, ServerTrial trial) {
    static Attacked start(Contender.Kind kind, Path data, AttackScale effort)
        throws IOException, InterruptedException {
      Contender contender = kind.start(data);
      AttackedServer victim =
          new AttackedServer(
              contender.kube(), contender.token(), contender.etcd(), contender.kubePids());
      return new Attacked(contender, told(kind.name(), () -> ServerTrial.of(victim, effort)));
    }

    AttackCost run(Attack attack) throws IOException, InterruptedException {
      return told(attack.name(), () -> trial.run(attack));
    }

    private static <T> T told(String what, Callable<T> task)
        throws IOException, InterruptedException {
      try {
        return task.call();
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(what, e);
      }
    }

    void close() {
      trial.close();
      try {
        contender.close();
      } catch (IOException stuck) {
        System.out.println("  " + stuck.getMessage());
      }
    }
  }
}
