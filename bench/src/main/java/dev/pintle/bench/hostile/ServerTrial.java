package dev.pintle.bench.hostile;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/// One server, one probe, and the attacks that are tried on them in turn.
public final class ServerTrial implements AutoCloseable {
  static final Duration AFTER = Duration.ofMillis(60);

  private final AttackedServer victim;
  private final AttackScale effort;
  private final AttackerProcess attacker;
  private final Probe probe;
  private final Latencies calm;

  private ServerTrial(
      AttackedServer victim,
      AttackScale effort,
      AttackerProcess attacker,
      Probe probe,
      Latencies calm) {
    this.victim = victim;
    this.effort = effort;
    this.attacker = attacker;
    this.probe = probe;
    this.calm = calm;
  }

  /// Looks first at how the probe fares on a server that nobody attacks.
  public static ServerTrial of(AttackedServer victim, AttackScale effort) throws Exception {
    AttackerProcess attacker = AttackerProcess.start(victim, effort);
    try {
      Probe probe = Probe.of(victim);
      probe.warmUp(effort.warmUp());
      Latencies calm = probe.during(() -> Thread.sleep(effort.calm())).latencies();
      return new ServerTrial(victim, effort, attacker, probe, calm);
    } catch (Exception failed) {
      attacker.close();
      throw failed;
    }
  }

  public AttackCost run(Attack attack) throws Exception {
    attacker.prepare(attack);
    settle();
    AtomicReference<AnswerCounts> answers = new AtomicReference<>(new AnswerCounts());
    Probe.Seen seen =
        probe.during(() -> {
          answers.set(attacker.act(attack));
          Thread.sleep(AFTER);
        });
    return new AttackCost(
        attack,
        calm,
        seen.latencies(),
        answers.get(),
        seen.wrong(),
        victim.isAlive(),
        ProcessMemory.residentBytes(victim.pids()));
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

  @Override
  public void close() {
    attacker.close();
    probe.close();
  }
}
