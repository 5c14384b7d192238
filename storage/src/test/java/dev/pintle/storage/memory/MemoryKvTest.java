package dev.pintle.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.testkit.OrderedKvContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryKvTest extends OrderedKvContract {
  @Override
  protected OrderedKv open() {
    return new MemoryKv();
  }

  @Test
  void aCopyHoldsTheSameAndGoesItsOwnWay() {
    CrashableKv read = new CrashableKv();
    MemoryKv shared = new MemoryKv();
    for (OrderedKv origin : List.of(read, shared)) {
      put(origin, 1, 1);
      put(origin, 2, 1);
      MemoryKv copy = MemoryKv.copyOf(origin);
      assertThat(copy.size()).isEqualTo(origin.size());
      put(copy, 2, 2);
      put(origin, 3, 3);
      assertThat(copy.reader().get(Bucket.META, key(2))).containsExactly(2);
      assertThat(copy.reader().get(Bucket.META, key(3))).isNull();
      assertThat(origin.reader().get(Bucket.META, key(2))).containsExactly(1);
      assertThat(copy.reader().get(Bucket.META, key(1))).containsExactly(1);
    }
  }

  @Test
  void manyWritesToACopyLeaveItsOriginAsItIs() {
    MemoryKv origin = new MemoryKv();
    for (int i = 0; i < 100; i++) {
      put(origin, i, 1);
    }
    MemoryKv copy = MemoryKv.copyOf(origin);
    for (int i = 0; i < 100; i++) {
      put(copy, i, 2);
    }
    for (int i = 0; i < 100; i++) {
      assertThat(origin.reader().get(Bucket.META, key(i))).containsExactly(1);
      assertThat(copy.reader().get(Bucket.META, key(i))).containsExactly(2);
    }
  }

  private static byte[] key(int number) {
    return new byte[] {(byte) number};
  }

  private static void put(OrderedKv store, int key, int value) {
    try (OrderedKv.Batch batch = store.beginBatch()) {
      batch.put(Bucket.META, key(key), new byte[] {(byte) value});
      batch.commit();
    }
  }
}
