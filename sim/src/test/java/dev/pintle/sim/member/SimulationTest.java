package dev.pintle.sim.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.sim.world.Claim;
import org.junit.jupiter.api.Test;

/// Many seeds, each twice. `-Dpintle.sim.seeds=N` runs N seeds, `-Dpintle.sim.seed=S` the one that failed, and
/// `-Dpintle.sim.seed.first=S` begins elsewhere.
final class SimulationTest {
  private static final long SEEDS_USUAL = 25;

  @Test
  void theClaimsHoldForEverySeedAndEverySeedTellsOneStory() {
    Long one = Long.getLong("pintle.sim.seed");
    long first = one != null ? one : Long.getLong("pintle.sim.seed.first", 0);
    long seeds = one != null ? 1 : Long.getLong("pintle.sim.seeds", SEEDS_USUAL);
    for (long seed = first; seed < first + seeds; seed++) {
      long once = run(seed);
      assertThat(run(seed)).as("fingerprint of seed %d, run again", seed).isEqualTo(once);
    }
  }

  @Test
  void aDiskThatLiesAboutForcingIsFoundOut() {
    assertThatThrownBy(
            () -> {
              for (long seed = 0; seed < 20; seed++) {
                new Simulation(seed, LyingDisk::new).run();
              }
            })
        .isInstanceOf(Claim.Broken.class);
  }

  private static long run(long seed) {
    Simulation simulation = new Simulation(seed);
    try {
      long fingerprint = simulation.run();
      assertThat(simulation.revision()).as("something happened in seed %d", seed).isGreaterThan(50);
      return fingerprint;
    } catch (AssertionError | RuntimeException failure) {
      throw new AssertionError(
          """
          seed %d: %s
          replay: JAVA_TOOL_OPTIONS=-Dpintle.sim.seed=%d ./mvnw -q -pl sim -am test -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false
          before it:
          %s\
          """
              .formatted(seed, failure.getMessage(), seed, simulation.story()),
          failure);
    }
  }
}
