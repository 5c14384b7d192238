package dev.pintle.kernel.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class FairAllocationTest {
  /// A line is the sum, the claims as `target/lowest/highest`, and after `=` the proportion and the amounts.
  @Test
  void aSumIsDividedAsUpstreamDoes() {
    for (String line : Figures.lines("allocations.txt")) {
      String[] words = line.split(" ", -1);
      int result = List.of(words).indexOf("=") + 1;
      List<FairAllocation.Claim> claims = new ArrayList<>();
      for (int i = 1; i < result - 1; i++) {
        claims.add(claim(words[i]));
      }
      Optional<FairAllocation> fair = FairAllocation.of(Double.parseDouble(words[0]), claims);
      if (words[result].equals("impossible")) {
        assertThat(fair).as(line).isEmpty();
        continue;
      }
      FairAllocation divided = fair.orElseThrow(() -> new AssertionError(line));
      double proportion = Double.parseDouble(words[result]);
      assertThat(divided.proportion()).as(line).isCloseTo(proportion, within(1e-6 * proportion));
      for (int i = 0; i < claims.size(); i++) {
        double expected = Double.parseDouble(words[result + 1 + i]);
        assertThat(divided.amounts().get(i)).as(line).isCloseTo(expected, within(1e-5));
      }
    }
  }

  private static FairAllocation.Claim claim(String word) {
    String[] parts = word.split("/", -1);
    return new FairAllocation.Claim(
        Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
  }

  @Test
  void theAmountsAreTheSumAndEachIsThePartOfItsTargetOrABoundThatKeepsItFromThat() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 5_000; round++) {
      List<FairAllocation.Claim> claims = new ArrayList<>();
      double low = 0;
      double high = 0;
      for (int i = random.nextInt(1, 10); i > 0; i--) {
        double lowest = random.nextInt(4) == 0 ? 0 : random.nextInt(50);
        double highest = lowest + random.nextInt(100);
        claims.add(new FairAllocation.Claim(lowest + random.nextDouble() * 80, lowest, highest));
        low += lowest;
        high += highest;
      }
      int sum = random.nextInt((int) low, (int) high + 1);
      FairAllocation fair = FairAllocation.of(sum, claims).orElseThrow();
      assertThat(fair.amounts().stream().mapToDouble(Double::doubleValue).sum())
          .as("round %d: %s", round, claims)
          .isCloseTo(sum, within(1e-6));
      for (int i = 0; i < claims.size() && sum > 0; i++) {
        FairAllocation.Claim claim = claims.get(i);
        double wanted = fair.proportion() * claim.target();
        double expected = Math.max(claim.lowest(), Math.min(claim.highest(), wanted));
        assertThat(fair.amounts().get(i)).isEqualTo(expected);
      }
    }
  }

  @Test
  void nobodyDividesNothing() {
    assertThat(FairAllocation.of(0, List.of())).contains(new FairAllocation(List.of(), 0));
    assertThat(FairAllocation.of(1, List.of())).isEmpty();
    assertThat(FairAllocation.of(-1, List.of())).isEmpty();
  }
}
