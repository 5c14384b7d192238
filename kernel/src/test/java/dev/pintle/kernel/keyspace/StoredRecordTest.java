package dev.pintle.kernel.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.codec.ByteWriter;
import dev.pintle.kernel.state.MapStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredRecordTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 0, 0",
    "20, 1, 1, 0, 10",
    "127, 300, 128, 5, 0",
    "128, 9000000000, 127, -1, 128",
    "70000, 9223372036854775807, 9223372036854775807, 1, 100000"
  })
  void whatIsWrittenIsReadBack(int keyBytes, long modified, long version, long lease, int bytes) {
    KeyValue written =
        new KeyValue(
            Bytes.wrap(new byte[keyBytes]),
            1,
            modified,
            version,
            lease,
            Bytes.copyOf(new byte[bytes]));
    byte[] record = new StoredRecord(written, false).encode();
    assertThat(StoredRecord.decode(modified, record)).isEqualTo(new StoredRecord(written, false));

    KeyValue deleted = new KeyValue(written.key(), 0, modified, 0, 0, Bytes.EMPTY);
    byte[] tombstone = new StoredRecord(deleted, true).encode();
    assertThat(StoredRecord.decode(modified, tombstone)).isEqualTo(new StoredRecord(deleted, true));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 65535, 65536, 1_400_000})
  void aLargeValueIsWrittenApartAsTheSameRecord(int bytes) {
    KeyValue written = new KeyValue(Bytes.utf8("key"), 3, 7, 2, 9, Bytes.wrap(new byte[bytes]));
    StoredRecord record = new StoredRecord(written, false);
    MapStore store = new MapStore();
    byte[] key = RevisionKey.encode(7, 0);
    record.write(store, key);
    assertThat(store.get(OrderedKv.Bucket.REVISIONS, key)).isEqualTo(record.encode());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 127, 128, 16383, 16384, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void theSizeOfAVarintIsKnownBeforeItIsWritten(long value) {
    ByteWriter out = new ByteWriter(0);
    out.writeVarint(value);
    assertThat(ByteWriter.varintBytes(value)).isEqualTo(out.size());
  }
}
