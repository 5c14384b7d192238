package dev.pintle.compat.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.bench.hostile.Attack;
import dev.pintle.bench.hostile.AttackCost;
import dev.pintle.bench.hostile.AttackScale;
import dev.pintle.bench.hostile.AttackedServer;
import dev.pintle.bench.hostile.ServerTrial;
import dev.pintle.compat.harness.Kubeconfig;
import dev.pintle.compat.harness.RunningPintle;
import java.nio.file.Path;
import java.util.List;

/// Pintle with little memory, and a client that behaves beside whoever attacks it.
final class Arena implements AutoCloseable {
  private static final String HEAP = "-Xmx512m";

  /// The heap, as much again outside of it, and what the JVM and the store need for themselves.
  private static final long RESIDENT_BYTES_MAX = 1400L << 20;

  private static final double WORST_MILLIS_MAX = 5000;

  private final RunningPintle pintle;
  private final ServerTrial trial;

  private Arena(RunningPintle pintle, ServerTrial trial) {
    this.pintle = pintle;
    this.trial = trial;
  }

  static Arena open(Path data, AttackScale scale) throws Exception {
    RunningPintle pintle = start(data);
    return new Arena(pintle, ServerTrial.of(victim(pintle), scale));
  }

  /// As `./pintle up` starts it, but for the heap.
  static RunningPintle start(Path data) {
    return RunningPintle.up(data, List.of(HEAP), "--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0");
  }

  static AttackedServer victim(RunningPintle pintle) {
    return new AttackedServer(
        pintle.kube(),
        Kubeconfig.read(pintle.kubeconfig()).token(),
        pintle.etcd(),
        List.of(pintle.child().pid()));
  }

  AttackCost suffer(Attack attack) throws Exception {
    AttackCost toll = trial.run(attack);
    System.err.println("hostile: " + toll);
    return toll;
  }

  /// How long anything took is judged where the machine is quiet; here only that nobody waits for ever.
  void judge(AttackCost toll, boolean strict) {
    assertThat(toll.alive()).as("the server lives: %s", pintle.child().log()).isTrue();
    assertThat(toll.wrong()).as("what the other client was told").isEmpty();
    assertThat(toll.during().worstMillis()).as("its slowest request").isLessThan(WORST_MILLIS_MAX);
    assertThat(toll.wrongAnswers()).as("answers to the attack: %s", toll.answers()).isEmpty();
    assertThat(toll.residentBytes()).as("memory").isLessThan(RESIDENT_BYTES_MAX);
    assertThat(pintle.child().log()).doesNotContain("OutOfMemoryError", "ERROR");
    if (strict) {
      assertThat(toll.withinBar()).as(toll.toString()).isTrue();
    }
  }

  @Override
  public void close() {
    trial.close();
    pintle.close();
  }
}
