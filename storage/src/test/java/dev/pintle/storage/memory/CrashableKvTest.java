package dev.pintle.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Batch;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.testkit.OrderedKvContract;
import org.junit.jupiter.api.Test;

class CrashableKvTest extends OrderedKvContract {
  @Override
  protected OrderedKv open() {
    return new CrashableKv();
  }

  @Test
  void aCrashKeepsWhatWasFlushedAndAPrefixOfTheRest() {
    CrashableKv kv = new CrashableKv();
    put(kv, "a");
    kv.flush();
    put(kv, "b");
    put(kv, "c");
    put(kv, "d");
    assertThat(kv.unflushedBatches()).isEqualTo(3);
    kv.crash(1);
    assertThat(entries(kv.reader(), Bucket.META, "", null)).containsExactly("a=", "b=");
    assertThat(kv.unflushedBatches()).isZero();
  }

  private static void put(CrashableKv kv, String key) {
    try (Batch batch = kv.beginBatch()) {
      batch.put(Bucket.META, bytes(key), new byte[0]);
      batch.commit();
    }
  }
}
