package dev.pintle.kernel.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KeyRangeTest {
  private static final byte[] ALPHABET = {0, 1, 'a', (byte) 0xfe, (byte) 0xff};

  private final List<Bytes> keys = allKeys();

  /// Every key of up to three bytes of the alphabet.
  private static List<Bytes> allKeys() {
    List<Bytes> keys = new ArrayList<>(List.of(Bytes.EMPTY));
    for (int i = 0; keys.get(i).size() < 3; i++) {
      for (byte b : ALPHABET) {
        byte[] longer = java.util.Arrays.copyOf(keys.get(i).array(), keys.get(i).size() + 1);
        longer[longer.length - 1] = b;
        keys.add(Bytes.wrap(longer));
      }
    }
    return keys;
  }

  @Test
  void aPrefixHoldsExactlyTheKeysThatStartWithIt() {
    for (Bytes prefix : keys) {
      KeyRange range = KeyRange.prefix(prefix);
      for (Bytes key : keys) {
        assertThat(range.contains(key))
            .as("%s in %s", key, range)
            .isEqualTo(key.startsWith(prefix));
      }
    }
  }

  @Test
  void aPointHoldsItsKeyOnlyAndKnowsThatItIsOne() {
    for (Bytes point : keys) {
      KeyRange range = KeyRange.point(point);
      assertThat(range.isPoint()).isTrue();
      assertThat(keys.stream().filter(range::contains)).containsExactly(point);
      assertThat(KeyRange.prefix(point).isPoint()).isFalse();
    }
  }

  @Test
  void rangesOverlapWhenAKeyLiesInBoth() {
    List<Bytes> few = keys.subList(0, 31);
    for (Bytes from : few) {
      for (Bytes to : few) {
        KeyRange one = new KeyRange(from, to);
        for (Bytes other : few) {
          assertOverlap(one, KeyRange.fromKey(other));
          assertOverlap(one, KeyRange.prefix(other));
        }
      }
    }
  }

  private void assertOverlap(KeyRange one, KeyRange other) {
    if (!one.isEmpty() && !other.isEmpty()) {
      boolean shared = keys.stream().anyMatch(key -> one.contains(key) && other.contains(key));
      assertThat(one.overlaps(other)).as("%s, %s", one, other).isEqualTo(shared);
      assertThat(other.overlaps(one)).isEqualTo(shared);
    }
  }

  @Test
  void anEmptyRangeHoldsNothing() {
    KeyRange empty = new KeyRange(Bytes.utf8("b"), Bytes.utf8("a"));
    assertThat(empty.isEmpty()).isTrue();
    assertThat(keys).noneMatch(empty::contains);
  }
}
