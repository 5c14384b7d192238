package dev.pintle.kernel.watch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class WatcherIndexTest {
  private static final byte[] BYTES = {0, 'a', 'b', 'z', (byte) 0xff};

  private final WatcherIndex<Integer> index = new WatcherIndex<>();
  private final Map<Integer, KeyRange> plain = new TreeMap<>();

  @Test
  void everyWatcherOfAKeyIsFoundAndNobodyElse() {
    for (long seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < 300; i++) {
        change(random, (int) (seed * 1_000) + i);
        if (i % 10 == 0) {
          Bytes key = key(random);
          assertThat(matched(key)).as("seed %d, key %s", seed, key).isEqualTo(expected(key));
          assertThat(index.size()).isEqualTo(plain.size());
        }
      }
    }
  }

  @Test
  void removingTheLastWatcherLeavesNothingBehind() {
    KeyRange range = KeyRange.prefix(Bytes.utf8("a"));
    index.add(range, 1);
    assertThat(index.remove(range, 2)).isFalse();
    assertThat(index.remove(range, 1)).isTrue();
    assertThat(index.remove(range, 1)).isFalse();
    assertThat(index.size()).isZero();
    assertThat(matched(Bytes.utf8("ab"))).isEmpty();
  }

  private void change(SplittableRandom random, int id) {
    if (!plain.isEmpty() && random.nextInt(3) == 0) {
      int victim = List.copyOf(plain.keySet()).get(random.nextInt(plain.size()));
      KeyRange range = requireNonNull(plain.remove(victim));
      assertThat(index.remove(range, victim)).isTrue();
    } else {
      KeyRange range = range(random);
      plain.put(id, range);
      index.add(range, id);
    }
  }

  private List<Integer> matched(Bytes key) {
    List<Integer> ids = new ArrayList<>();
    index.match(key, ids::add);
    ids.sort(null);
    return ids;
  }

  private List<Integer> expected(Bytes key) {
    return plain.entrySet().stream()
        .filter(entry -> entry.getValue().contains(key))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static KeyRange range(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> KeyRange.point(key(random));
      case 1 -> KeyRange.prefix(key(random));
      case 2 -> KeyRange.fromKey(key(random));
      case 3 -> KeyRange.ALL;
      default -> new KeyRange(key(random), key(random));
    };
  }

  private static Bytes key(SplittableRandom random) {
    byte[] key = new byte[random.nextInt(4)];
    for (int i = 0; i < key.length; i++) {
      key[i] = BYTES[random.nextInt(BYTES.length)];
    }
    return Bytes.wrap(key);
  }
}
