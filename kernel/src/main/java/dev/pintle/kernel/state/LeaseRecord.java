package dev.pintle.kernel.state;

import dev.pintle.kernel.codec.ByteReader;
import dev.pintle.kernel.codec.ByteWriter;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.lease.LeaseImage;

/// The entry of [Bucket#LEASES]: the id, the time to live that was granted, and, where that is noted, what is left of it.
final class LeaseRecord {
  private LeaseRecord() {}

  static void write(OrderedKv.Writer out, long id, long ttlSeconds) {
    out.put(Bucket.LEASES, bytes(id), bytes(ttlSeconds));
  }

  static void write(OrderedKv.Writer out, long id, long ttlSeconds, long remainingSeconds) {
    ByteWriter value = new ByteWriter(2 * Long.BYTES);
    value.writeLong(ttlSeconds);
    value.writeLong(remainingSeconds);
    out.put(Bucket.LEASES, bytes(id), value.toByteArray());
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
          long id = new ByteReader(key).readLong();
          ByteReader times = new ByteReader(value);
          leases[0] = leases[0].grant(id, times.readLong());
          if (times.remaining() > 0) {
            leases[0] = leases[0].checkpoint(id, times.readLong());
          }
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
