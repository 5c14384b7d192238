package dev.pintle.bench.hostile;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One server, a witness, and the overloads that are tried on it in turn.
public final class OverloadTrial implements AutoCloseable {
  private static final String SHED = "pintle_shed_total{limit=\"";
  private static final long LOOK_MILLIS = 250;
  private static final long SETTLING_MILLIS = 3000;

  private final AttackedServer victim;
  private final AttackerProcess attacker;
  private final Witness witness;
  private final Duration backMax;

  private OverloadTrial(
      AttackedServer victim, AttackerProcess attacker, Witness witness, Duration backMax) {
    this.victim = victim;
    this.attacker = attacker;
    this.witness = witness;
    this.backMax = backMax;
  }

  /// @param backMax how long the server has to give its memory back
  public static OverloadTrial of(AttackedServer victim, AttackScale effort, Duration backMax)
      throws IOException, InterruptedException {
    AttackerProcess attacker = AttackerProcess.start(victim, effort);
    try {
      return new OverloadTrial(victim, attacker, Witness.of(victim), backMax);
    } catch (IOException failed) {
      attacker.close();
      throw failed;
    }
  }

  /// As [#of], of the server that took the place of the one before, on what that had stored.
  public OverloadTrial after(AttackedServer restarted, AttackScale effort)
      throws IOException, InterruptedException {
    attacker.close();
    return new OverloadTrial(
        restarted, AttackerProcess.start(restarted, effort), witness.after(restarted), backMax);
  }

  /// Stores what the attack needs; somebody writes meanwhile.
  public void prepare(Attack attack) throws Exception {
    var _ = witness.during(() -> attacker.prepare(attack));
  }

  /// @param idleBytes what the server had when nobody had asked for anything yet
  public OverloadCost run(Attack attack, long idleBytes) throws Exception {
    Map<String, Long> before = shed();
    ProcessMemory.forgetPeak(victim.pids());
    AtomicReference<AnswerCounts> answers = new AtomicReference<>(new AnswerCounts());
    Witness.Testimony seen = witness.during(() -> answers.set(attacker.act(attack)));
    long peak = ProcessMemory.peakBytes(victim.pids());
    double back = secondsUntilBack(idleBytes);
    Map<String, Long> shed = new TreeMap<>();
    shed()
        .forEach((limit, count) -> {
          long more = count - before.getOrDefault(limit, 0L);
          if (more > 0) {
            shed.put(limit, more);
          }
        });
    return new OverloadCost(
        attack,
        seen,
        answers.get(),
        victim.isAlive(),
        victim.isAlive() ? witness.lost() : List.of(),
        shed,
        idleBytes,
        peak,
        ProcessMemory.residentBytes(victim.pids()),
        back);
  }

  /// Memory of a server that was just started and has been asked for nothing, once it has settled.
  public long idleBytes() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(SETTLING_MILLIS);
    return residentBytes();
  }

  private long residentBytes() {
    return ProcessMemory.residentBytes(victim.pids());
  }

  private double secondsUntilBack(long idleBytes) throws InterruptedException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < backMax.toNanos()) {
      if (residentBytes() <= idleBytes + idleBytes / 2) {
        return (System.nanoTime() - start) / 1e9;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return -1;
  }

  private Map<String, Long> shed() throws InterruptedException {
    Map<String, Long> counts = new TreeMap<>();
    @Nullable String metrics = witness.metrics();
    if (metrics != null) {
      metrics
          .lines()
          .filter(line -> line.startsWith(SHED))
          .forEach(line -> {
            int end = line.indexOf('"', SHED.length());
            counts.put(
                line.substring(SHED.length(), end),
                Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)));
          });
    }
    return counts;
  }

  @Override
  public void close() {
    attacker.close();
    witness.close();
  }
}
