package dev.pintle.kernel.state;

import dev.pintle.kernel.codec.ByteReader;
import dev.pintle.kernel.codec.ByteWriter;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.lease.LeaseImage;

/// The value that [Bucket#LEASES] keeps: the id, and the time to live that was granted.
final class LeaseRecord {
  private LeaseRecord() {}

  static void write(OrderedKv.Writer out, long id, long ttlSeconds) {
    out.put(Bucket.LEASES, bytes(id), bytes(ttlSeconds));
  }

  static void delete(OrderedKv.Writer out, long id) {
    out.delete(Bucket.LEASES, bytes(id));
  }

  static LeaseImage readAll(OrderedKv.Reader store) {
    LeaseImage[] leases = {LeaseImage.EMPTY};
    store.scan(
        Bucket.LEASES,
        new byte[0],
        null,
        (key, value) -> {
          long ttlSeconds = new ByteReader(value).readLong();
          leases[0] = leases[0].grant(new ByteReader(key).readLong(), ttlSeconds);
          return true;
        });
    return leases[0];
  }

  private static byte[] bytes(long number) {
    ByteWriter bytes = new ByteWriter(Long.BYTES);
    bytes.writeLong(number);
    return bytes.toByteArray();
  }
}
