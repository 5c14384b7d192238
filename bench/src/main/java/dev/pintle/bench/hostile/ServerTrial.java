package dev.pintle.bench.hostile;

import dev.pintle.wire.loop.NiceValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// One server, one probe, and the attacks that are tried on them in turn.
public final class ServerTrial implements AutoCloseable {
  private static final Duration PREPARATION_MAX = Duration.ofMinutes(2);
  static final Duration AFTER = Duration.ofMillis(60);

  private final AttackedServer victim;
  private final AttackScale effort;
  private final Probe probe;
  private final Latencies calm;

  private ServerTrial(AttackedServer victim, AttackScale effort, Probe probe, Latencies calm) {
    this.victim = victim;
    this.effort = effort;
    this.probe = probe;
    this.calm = calm;
  }

  /// Looks first at how the probe fares on a server that nobody attacks.
  public static ServerTrial of(AttackedServer victim, AttackScale effort) throws Exception {
    CompilerThreads.inBackground();
    Probe probe = Probe.of(victim);
    probe.warmUp(effort.warmUp());
    Latencies calm = probe.during(() -> Thread.sleep(effort.calm())).latencies();
    return new ServerTrial(victim, effort, probe, calm);
  }

  public AttackCost run(Attack attack) throws Exception {
    inBackground(() -> {
      try (AttackRun before = new AttackRun(victim, effort.within(PREPARATION_MAX))) {
        attack.preparation().on(before);
      }
    });
    settle();
    AnswerCounts answers = new AnswerCounts();
    Probe.Seen seen =
        probe.during(() -> {
          inBackground(() -> {
            try (AttackRun strike = new AttackRun(victim, effort, answers)) {
              attack.act().on(strike);
            }
          });
          Thread.sleep(AFTER);
        });
    return new AttackCost(
        attack,
        calm,
        seen.latencies(),
        answers,
        seen.wrong(),
        victim.isAlive(),
        residentBytes(victim.pids()));
  }

  /// Runs the attacker's part, which on other machines than this would be at the cost of a processor of its own: the probe and the
  /// servers come before it. The threads that it starts inherit that.
  private static void inBackground(Probe.Meanwhile part) throws Exception {
    FutureTask<@Nullable Void> task =
        new FutureTask<>(() -> {
          NiceValue.ofThisThread(NiceValue.BACKGROUND);
          part.run();
          return null;
        });
    Thread.ofPlatform().daemon().name("attacker").start(task);
    try {
      task.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof Exception known ? known : failed;
    }
  }

  /// Waits until the attack before this one is felt no more, within a limit.
  private void settle() throws Exception {
    for (int i = 0; i < effort.settlingMax(); i++) {
      Latencies now = probe.during(() -> Thread.sleep(AFTER)).latencies();
      if (now.worstMillis() <= AttackCost.CALM_TIMES_MAX * calm.p99Millis()) {
        return;
      }
    }
  }

  private static long residentBytes(List<Long> pids) {
    long sum = 0;
    for (long pid : pids) {
      try {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
          sum +=
              line.startsWith("VmRSS:") ? Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024 : 0;
        }
      } catch (IOException gone) {
        return 0;
      }
    }
    return sum;
  }

  @Override
  public void close() {
    probe.close();
  }
}
