package dev.pintle.kube.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Which services select a pod.
final class SelectorIndexTest {
  private final SelectorIndex index = new SelectorIndex();

  private Set<String> selecting(Map<String, String> labels) {
    Set<String> found = new HashSet<>();
    index.select(labels, found);
    return found;
  }

  @Test
  void aSelectorWithoutLabelsSelectsAll() {
    index.put("all", Map.of());
    index.put("a", Map.of("app", "a"));
    assertThat(selecting(Map.of())).containsExactly("all");
    assertThat(selecting(Map.of("app", "a"))).containsExactlyInAnyOrder("all", "a");
    index.remove("all");
    index.remove("a");
    assertThat(selecting(Map.of("app", "a"))).isEmpty();
    assertThat(index.isEmpty()).isTrue();
  }

  /// Beside a look at every service.
  @Test
  void theSameAsByLookingAtEveryService() {
    SplittableRandom random = new SplittableRandom(7);
    Map<String, Map<String, String>> all = new HashMap<>();
    for (int round = 0; round < 2_000; round++) {
      String service = "s" + random.nextInt(20);
      if (random.nextInt(4) == 0) {
        all.remove(service);
        index.remove(service);
      } else {
        Map<String, String> selector = labels(random, 3);
        all.put(service, selector);
        index.put(service, selector);
      }
      Map<String, String> labels = labels(random, 5);
      Set<String> expected = new HashSet<>();
      all.forEach((name, selector) -> {
        if (ServicePod.isSelected(selector, labels)) {
          expected.add(name);
        }
      });
      assertThat(selecting(labels)).as("round %d", round).isEqualTo(expected);
    }
  }

  private static Map<String, String> labels(SplittableRandom random, int most) {
    Map<String, String> labels = new HashMap<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      labels.put("k" + random.nextInt(4), "v" + random.nextInt(3));
    }
    return labels;
  }
}
