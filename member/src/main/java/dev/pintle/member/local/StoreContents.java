package dev.pintle.member.local;

import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.OrderedKv.ReadTransaction;
import dev.pintle.kernel.keyspace.OrderedKv.Visitor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// The contents of a store in short: two stores with the same contents hold the same entries, whatever keeps them.
///
/// @param entries of all buckets
/// @param bytes of their keys and values
/// @param hash SHA-256 over all of them, in order, with their lengths
public record StoreContents(long entries, long bytes, String hash) {
  /// Reads everything that `store` holds now.
  ///
  /// @param each is handed every entry too
  /// @param progress is told the bytes that were read so far, now and then
  static StoreContents read(OrderedKv store, BucketVisitor each, LongConsumer progress) {
    Reading reading = new Reading(each, progress);
    try (ReadTransaction now = store.beginRead()) {
      for (Bucket bucket : Bucket.values()) {
        reading.begin(bucket);
        now.scan(bucket, new byte[0], null, reading);
      }
    }
    return reading.end();
  }

  /// A visitor of the entries of all buckets.
  @FunctionalInterface
  interface BucketVisitor {
    void visit(Bucket bucket, byte[] key, byte[] value);
  }

  /// The way through the entries.
  private static final class Reading implements Visitor {
    private static final long TOLD_EVERY_BYTES = 16 << 20;

    private final BucketVisitor each;
    private final LongConsumer progress;
    private final MessageDigest digest = sha256();
    private @Nullable Bucket bucket;
    private long entries;
    private long bytes;
    private long told;

    Reading(BucketVisitor each, LongConsumer progress) {
      this.each = each;
      this.progress = progress;
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException everyJdkHasIt) {
        throw new IllegalStateException(everyJdkHasIt);
      }
    }

    void begin(Bucket next) {
      bucket = next;
      digest.update(next.name().getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public boolean visit(byte[] key, byte[] value) {
      Bucket current = bucket;
      if (current != null) {
        each.visit(current, key, value);
      }
      digest.update(
          ByteBuffer.allocate(2 * Integer.BYTES).putInt(key.length).putInt(value.length).array());
      digest.update(key);
      digest.update(value);
      entries++;
      bytes += key.length + value.length;
      if (bytes - told >= TOLD_EVERY_BYTES) {
        told = bytes;
        progress.accept(bytes);
      }
      return true;
    }

    StoreContents end() {
      return new StoreContents(entries, bytes, HexFormat.of().formatHex(digest.digest()));
    }
  }
}
