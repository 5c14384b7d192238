package dev.pintle.kube.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlaceOrderTest {
  private static final long SEED = Long.getLong("pintle.seed", System.nanoTime());

  @Test
  void placesAreInOrderAndEqualOnesAsTheyCame() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int count = 0; count < 200; count++) {
      int[] values = random.ints(count, 0, 1 + random.nextInt(100)).toArray();
      int[] sorted =
          IntStream.range(0, count)
              .boxed()
              .sorted(Comparator.comparingInt(place -> values[place]))
              .mapToInt(Integer::intValue)
              .toArray();

      assertThat(PlaceOrder.of(count, (one, other) -> Integer.compare(values[one], values[other])))
          .as("%d values, -Dpintle.seed=%d", count, SEED)
          .containsExactly(sorted);
    }
  }
}
