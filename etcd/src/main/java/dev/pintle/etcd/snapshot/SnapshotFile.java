package dev.pintle.etcd.snapshot;

import dev.pintle.bbolt.BboltBucket;
import dev.pintle.bbolt.BboltFile;
import dev.pintle.etcd.message.MalformedMessage;
import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.codec.MalformedBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/// A file that somebody saved from an etcd, or from this program: a bbolt file, and behind it its SHA-256 where it came by `Snapshot`.
/// Without it the file is the `member/snap/db` of a data folder.
public final class SnapshotFile {
  private static final int HASH_BYTES = 32;

  /// A file ends so far behind a multiple of this if and only if it ends with a hash: pages are multiples of it.
  private static final int SECTOR_BYTES = 512;

  private static final int COPY_BYTES = 64 << 10;

  private final Path path;

  private SnapshotFile(Path path) {
    this.path = path;
  }

  /// As [#unchecked], once the file was compared with the hash at its end.
  ///
  /// @throws UnreadableSnapshot when that is not the same, or there is none
  public static SnapshotFile checked(Path path) throws IOException {
    long size = Files.size(path);
    if (size % SECTOR_BYTES != HASH_BYTES) {
      throw new UnreadableSnapshot(
          "%s: no hash at its end (expected: one, unless --skip-hash-check is given; a data folder's member/snap/db has none)"
              .formatted(path));
    }
    MessageDigest digest = SnapshotCall.sha256();
    byte[] hash;
    try (InputStream in = Files.newInputStream(path);
        DigestInputStream hashed = new DigestInputStream(in, digest)) {
      skip(hashed, size - HASH_BYTES);
      hash = in.readNBytes(HASH_BYTES);
    }
    byte[] actual = digest.digest();
    if (!MessageDigest.isEqual(hash, actual)) {
      HexFormat hex = HexFormat.of();
      throw new UnreadableSnapshot(
          "%s: damaged: its SHA-256 is %s (expected: %s, as it says at its end)"
              .formatted(path, hex.formatHex(actual), hex.formatHex(hash)));
    }
    return new SnapshotFile(path);
  }

  private static void skip(InputStream in, long bytes) throws IOException {
    byte[] buffer = new byte[COPY_BYTES];
    long left = bytes;
    while (left > 0) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new UnreadableSnapshot("it became shorter while it was read");
      }
      left -= count;
    }
  }

  /// A file of which only the form is judged, while it is read.
  public static SnapshotFile unchecked(Path path) {
    return new SnapshotFile(path);
  }

  /// Hands all that the file holds to `taker`.
  ///
  /// @throws UnreadableSnapshot when a record is none of etcd's
  /// @throws dev.pintle.bbolt.BboltDamage when a page is wrong; it is named
  public SnapshotSummary read(SnapshotTaker taker) throws IOException {
    try (BboltFile file = BboltFile.open(path)) {
      Reading reading = new Reading(taker);
      file.root().read(reading);
      return reading.summary(file.bytes());
    }
  }

  /// One reading; the buckets come in the order of their names.
  private final class Reading implements BboltBucket.Visitor {
    private final SnapshotTaker taker;
    private final CRC32C crc = new CRC32C();
    private final AuthBuckets auth = new AuthBuckets();
    private boolean keyBucket;
    private long revision = 1;
    private long compacted;
    private long leases;
    private long alarms;
    private String version = "";

    Reading(SnapshotTaker taker) {
      this.taker = taker;
    }

    @Override
    public void entry(byte[] key, byte[] value) throws IOException {
      throw new UnreadableSnapshot(
          "%s: no database of etcd: an entry beside its buckets".formatted(path));
    }

    @Override
    public void bucket(byte[] name, BboltBucket bucket) throws IOException {
      crc.update(name);
      if (Arrays.equals(name, EtcdRecords.KEY)) {
        keyBucket = true;
        // Those of users and roles come before.
        if (auth.isUsed()) {
          taker.auth(auth.image());
        }
      }
      bucket.read(new Entries(name));
    }

    /// The entries of one bucket.
    private final class Entries implements BboltBucket.Visitor {
      private final byte[] bucket;

      Entries(byte[] bucket) {
        this.bucket = bucket;
      }

      @Override
      public void entry(byte[] key, byte[] value) throws IOException {
        crc.update(key);
        crc.update(value);
        try {
          take(key, value);
        } catch (MalformedBytes | MalformedMessage malformed) {
          throw new UnreadableSnapshot(
              "%s: bucket %s, key %s: %s"
                  .formatted(path, Bytes.copyOf(bucket), Bytes.copyOf(key), malformed.getMessage()),
              malformed);
        }
      }

      @Override
      public void bucket(byte[] name, BboltBucket nested) throws IOException {
        throw new UnreadableSnapshot(
            "%s: no database of etcd: a bucket within the bucket %s"
                .formatted(path, Bytes.copyOf(bucket)));
      }

      private void take(byte[] key, byte[] value) {
        if (Arrays.equals(bucket, EtcdRecords.KEY)) {
          takeWrite(key, value);
        } else if (Arrays.equals(bucket, EtcdRecords.LEASE)) {
          taker.lease(EtcdRecords.lease(value));
          leases++;
        } else if (Arrays.equals(bucket, EtcdRecords.ALARM)) {
          taker.alarm(EtcdRecords.alarm(key));
          alarms++;
        } else if (Arrays.equals(bucket, EtcdRecords.META)) {
          takeMeta(key, value);
        } else if (AuthBuckets.isOne(bucket)) {
          auth.take(bucket, key, value);
        }
      }
    }

    /// A record of no key is what `etcdutl` leaves of a revision that it raised.
    private void takeWrite(byte[] key, byte[] value) {
      revision = Math.max(revision, EtcdRecords.main(key));
      if (value.length > 0) {
        taker.write(EtcdRecords.write(key, value));
      }
    }

    /// A compaction that was decided counts, whether or not it came to its end.
    private void takeMeta(byte[] key, byte[] value) {
      if (Arrays.equals(key, EtcdRecords.FINISHED_COMPACTION)
          || Arrays.equals(key, EtcdRecords.SCHEDULED_COMPACTION)) {
        compacted = Math.max(compacted, EtcdRecords.main(value));
      } else if (Arrays.equals(key, EtcdRecords.STORAGE_VERSION)) {
        version = Bytes.wrap(value).utf8();
      }
    }

    SnapshotSummary summary(long bytes) throws UnreadableSnapshot {
      if (!keyBucket) {
        throw new UnreadableSnapshot(
            "%s: no database of etcd: it has no bucket \"key\"".formatted(path));
      }
      return new SnapshotSummary(
          Math.max(revision, compacted), compacted, crc.getValue(), leases, alarms, bytes, version);
    }
  }
}
