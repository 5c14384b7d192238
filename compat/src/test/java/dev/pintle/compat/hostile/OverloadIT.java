package dev.pintle.compat.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.bench.hostile.Attack;
import dev.pintle.bench.hostile.AttackScale;
import dev.pintle.bench.hostile.OverloadAttacks;
import dev.pintle.bench.hostile.OverloadCost;
import dev.pintle.bench.hostile.OverloadTrial;
import dev.pintle.compat.harness.RunningPintle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Loads that are too much for a server with little memory, a tenth of them on a quarter of the heap: what is too much is refused by
/// limits with names, an administrator and whoever asks for health are served, and nothing that was acknowledged is lost.
///
/// `-Dpintle.overload.only=WORD,...` tries those whose name holds one of the words.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverloadIT {
  private static final List<String> ONLY =
      List.of(
          System.getProperty("pintle.overload.only", "").toLowerCase(Locale.ROOT).split(",", -1));
  private static final AttackScale SCALE =
      AttackScale.FULL.within(Duration.ofSeconds(2)).withShare(0.1);
  private static final Attack LISTS =
      OverloadAttacks.all().stream()
          .filter(attack -> attack.name().endsWith("JSON, by an administrator"))
          .findFirst()
          .orElseThrow();
  private static final AttackScale RUSH = SCALE.withShare(0.3).within(Duration.ofSeconds(6));
  private static final double WORST_MILLIS_MAX = 9_000;
  private static final Duration BACK_MAX = Duration.ofSeconds(90);

  /// The heap and as much again, and what the JVM and the store need for themselves.
  private static final long PEAK_BYTES_MAX = (2 * 128 + 320) << 20;

  private Path folder;
  private RunningPintle pintle;
  private OverloadTrial trial;
  private long idleBytes;

  @BeforeAll
  void start(@TempDir Path shared) throws Exception {
    folder = shared;
    pintle = start(folder.resolve("data"), "-Xmx128m");
    trial = trial(Duration.ZERO);
    trial.prepare(LISTS);
  }

  @AfterAll
  void stop() {
    trial.close();
    pintle.close();
  }

  private static RunningPintle start(Path data, String heap) {
    return RunningPintle.up(data, List.of(heap), "--etcd", "127.0.0.1:0", "--kube", "127.0.0.1:0");
  }

  private OverloadTrial trial(Duration backMax) throws Exception {
    OverloadTrial begun = OverloadTrial.of(Arena.victim(pintle), SCALE, backMax);
    idleBytes = begun.idleBytes();
    return begun;
  }

  private static boolean wanted(Attack attack) {
    return ONLY.stream().anyMatch(attack.name().toLowerCase(Locale.ROOT)::contains);
  }

  @TestFactory
  Stream<DynamicTest> whoMustBeServedIsAndTheServerLives() {
    return OverloadAttacks.all().stream()
        .filter(OverloadIT::wanted)
        .map(attack ->
            DynamicTest.dynamicTest(attack.name(), () -> judge(trial.run(attack, idleBytes))));
  }

  /// How long anything took is judged where the machine is quiet; here only that nobody waits for ever.
  private void judge(OverloadCost cost) {
    System.err.println("overload: " + cost);
    assertThat(cost.alive()).as("the server lives: %s", pintle.child().log()).isTrue();
    assertThat(cost.lost()).as("acknowledged and gone").isEmpty();
    assertThat(cost.seen().wrong()).as("what the administrator was told").isEmpty();
    assertThat(cost.seen().administrator().worstMillis()).isLessThan(WORST_MILLIS_MAX);
    assertThat(cost.seen().health().worstMillis()).isLessThan(WORST_MILLIS_MAX);
    assertThat(cost.wrongAnswers()).as("answers to the load: %s", cost.answers()).isEmpty();
    assertThat(cost.peakBytes()).as("memory").isLessThan(PEAK_BYTES_MAX);
    assertThat(pintle.child().log()).doesNotContain("OutOfMemoryError", "ERROR");
  }

  /// With a heap that a rush fills: what it took is not the server's for ever.
  @Test
  void whatARushTookIsGivenBack() throws Exception {
    Path data = folder.resolve("rush");
    OverloadTrial filled;
    try (RunningPintle first = start(data, "-Xmx512m")) {
      filled = OverloadTrial.of(Arena.victim(first), RUSH, BACK_MAX);
      filled.prepare(LISTS);
    }
    try (RunningPintle again = start(data, "-Xmx512m");
        OverloadTrial rush = filled.after(Arena.victim(again), RUSH)) {
      long idle = rush.idleBytes();
      OverloadCost cost = rush.run(LISTS, idle);
      System.err.println("overload: " + cost);
      assertThat(cost.backSeconds())
          .as("back from %d to %d MB", cost.peakBytes() >> 20, idle >> 20)
          .isNotNegative();
    }
  }

  @Test
  void afterAnEndByForceAllWatchersComeBackAtOnce() throws Exception {
    trial.prepare(OverloadAttacks.afterRestart().getFirst());
    pintle.child().kill();
    pintle.close();
    pintle = start(folder.resolve("data"), "-Xmx128m");
    trial = trial.after(Arena.victim(pintle), SCALE);
    for (Attack attack : OverloadAttacks.afterRestart()) {
      judge(trial.run(attack, idleBytes));
    }
  }
}
