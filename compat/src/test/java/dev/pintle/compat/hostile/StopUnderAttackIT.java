package dev.pintle.compat.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.bench.hostile.Attack;
import dev.pintle.bench.hostile.AttackScale;
import dev.pintle.bench.hostile.AttackedServer;
import dev.pintle.bench.hostile.Catalogue;
import dev.pintle.compat.harness.RunningPintle;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The promise that whoever runs the program can end it, whatever others make it do.
class StopUnderAttackIT {
  private static final AttackScale LONG = AttackScale.SHORT.within(Duration.ofMinutes(1));
  private static final Duration UNDER_WAY = Duration.ofSeconds(1);
  private static final int ENDED_BY_SIGTERM = 143;

  @TempDir private Path data;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "YAML: a number of 1 MB",
        "1 000 watchers that never read",
        "16 reads of 60 MB that nobody takes"
      })
  void oneSignalEndsIt(String name) throws InterruptedException {
    Attack attack = named(name);
    try (RunningPintle pintle = Arena.start(data)) {
      AttackedServer victim = Arena.victim(pintle);
      Thread attacker = Thread.ofPlatform().daemon().start(() -> go(attack, victim));
      attacker.join(UNDER_WAY);
      assertThat(pintle.child().terminate()).isEqualTo(ENDED_BY_SIGTERM);
      attacker.interrupt();
    }
  }

  private static void go(Attack attack, AttackedServer victim) {
    try {
      attack.on(victim, LONG);
    } catch (Exception ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static Attack named(String name) {
    return Catalogue.families().values().stream()
        .flatMap(family -> family.stream().filter(attack -> attack.name().equals(name)))
        .findFirst()
        .orElseThrow();
  }
}
