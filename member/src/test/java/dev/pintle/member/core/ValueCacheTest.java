package dev.pintle.member.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyValue;
import org.junit.jupiter.api.Test;

class ValueCacheTest {
  private static final int VALUE_BYTES = 1000;
  private static final int ROOM = 1 << 20;
  private static final int WRITES = 10_000;

  private final ValueCache cache = new ValueCache(ROOM);

  private static KeyValue keyValue(long revision) {
    return new KeyValue(
        Bytes.utf8("key-" + revision), revision, revision, 1, 0, Bytes.wrap(new byte[VALUE_BYTES]));
  }

  private void write(long from, long to) {
    for (long revision = from; revision < to; revision++) {
      cache.written(revision, 0, keyValue(revision));
    }
  }

  @Test
  void whatWasWrittenJustNowIsFound() {
    write(1, 3);
    assertThat(cache.get(2, 0)).isEqualTo(keyValue(2));
    assertThat(cache.get(3, 0)).isNull();
  }

  @Test
  void writesThatNobodyReadsHoldAShareOfTheRoomOnly() {
    write(1, WRITES);
    assertThat(cache.bytes()).isBetween(ROOM / 16L, ROOM / 8L);
  }

  @Test
  void whatWasReadOutlivesAStreamOfWrites() {
    write(1, 2);
    assertThat(cache.get(1, 0)).isNotNull();
    write(2, WRITES);
    assertThat(cache.get(1, 0)).isEqualTo(keyValue(1));
    assertThat(cache.get(2, 0)).isNull();
  }

  @Test
  void whatComesFromStorageMayTakeAllTheRoomAndNoMore() {
    for (long revision = 1; revision < WRITES; revision++) {
      cache.put(revision, 0, keyValue(revision));
    }
    assertThat(cache.bytes()).isBetween(ROOM / 2L, (long) ROOM);
  }

  @Test
  void aLargeValueThatWasReadPushesNothingOut() {
    cache.put(1, 0, keyValue(1));
    Bytes large = Bytes.wrap(new byte[ROOM / 100]);
    for (long revision = 2; revision < 500; revision++) {
      cache.put(revision, 0, new KeyValue(Bytes.utf8("k"), revision, revision, 1, 0, large));
    }
    assertThat(cache.get(1, 0)).isEqualTo(keyValue(1));
    assertThat(cache.bytes()).isLessThan(large.size());
  }

  @Test
  void whatWasOverwrittenGoesFirst() {
    write(1, 2);
    cache.age(keyValue(1));
    assertThat(cache.get(1, 0)).isNull();
    assertThat(cache.bytes()).isZero();
    write(2, WRITES);
    assertThat(cache.bytes()).isPositive();
  }
}
