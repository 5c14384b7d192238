package dev.pintle.kernel.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PersistentMapTest {
  @Test
  void everyVersionStaysWhatItWas() {
    SplittableRandom random = new SplittableRandom(5);
    PersistentMap<Integer, Integer> map = PersistentMap.empty();
    TreeMap<Integer, Integer> plain = new TreeMap<>();
    List<PersistentMap<Integer, Integer>> versions = new ArrayList<>();
    List<TreeMap<Integer, Integer>> copies = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      int key = random.nextInt(400);
      if (random.nextInt(3) == 0) {
        map = map.remove(key);
        plain.remove(key);
      } else {
        map = map.put(key, i);
        plain.put(key, i);
      }
      if (i % 100 == 0) {
        versions.add(map);
        copies.add(new TreeMap<>(plain));
      }
    }
    for (int i = 0; i < versions.size(); i++) {
      TreeMap<Integer, Integer> seen = new TreeMap<>();
      List<Integer> order = new ArrayList<>();
      versions
          .get(i)
          .forEach((key, value) -> {
            seen.put(key, value);
            order.add(key);
          });
      assertThat(seen).isEqualTo(copies.get(i));
      assertThat(order).isSorted();
      assertThat(versions.get(i).size()).isEqualTo(seen.size());
      assertThat(versions.get(i).get(order.getFirst())).isEqualTo(seen.get(order.getFirst()));
    }
  }

  @Test
  void manyRisingKeysNeedNoDeepStack() {
    PersistentMap<Integer, Integer> map = PersistentMap.empty();
    for (int i = 0; i < 200_000; i++) {
      map = map.put(i, i);
    }
    for (int i = 0; i < 200_000; i += 2) {
      map = map.remove(i);
    }
    assertThat(map.size()).isEqualTo(100_000);
    assertThat(map.get(199_999)).isEqualTo(199_999);
    assertThat(map.get(199_998)).isNull();
  }
}
