package dev.pintle.bench.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// One server, one probe, and the attacks that are tried on them in turn.
public final class Trial implements AutoCloseable {
  private static final Duration PREPARATION_MAX = Duration.ofMinutes(2);
  private static final Duration AFTER = Duration.ofMillis(60);
  private static final int SETTLING_MAX = 80;

  private final Victim victim;
  private final Effort effort;
  private final Probe probe;
  private final Latencies calm;

  private Trial(Victim victim, Effort effort, Probe probe, Latencies calm) {
    this.victim = victim;
    this.effort = effort;
    this.probe = probe;
    this.calm = calm;
  }

  /// Looks first at how the probe fares on a server that nobody attacks.
  public static Trial of(Victim victim, Effort effort) throws Exception {
    Probe probe = Probe.of(victim);
    probe.during(() -> Thread.sleep(effort.warmUp()));
    Latencies calm = probe.during(() -> Thread.sleep(effort.calm())).latencies();
    return new Trial(victim, effort, probe, calm);
  }

  public Toll run(Attack attack) throws Exception {
    try (Strike before = new Strike(victim, effort.within(PREPARATION_MAX))) {
      attack.preparation().on(before);
    }
    settle();
    Tally answers = new Tally();
    Probe.Seen seen =
        probe.during(() -> {
          try (Strike strike = new Strike(victim, effort, answers)) {
            attack.act().on(strike);
          }
          Thread.sleep(AFTER);
        });
    return new Toll(
        attack,
        calm,
        seen.latencies(),
        answers,
        seen.wrong(),
        victim.isAlive(),
        residentBytes(victim.pids()));
  }

  /// Waits until the attack before this one is felt no more, within a limit.
  private void settle() throws Exception {
    for (int i = 0; i < SETTLING_MAX; i++) {
      Latencies now = probe.during(() -> Thread.sleep(AFTER)).latencies();
      if (now.worstMillis() <= Toll.CALM_TIMES_MAX * calm.p99Millis()) {
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
