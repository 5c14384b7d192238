package example.backend;

import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.keyspace.StorageFailure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Sorted maps in memory. The newest values carry the number of the batch that wrote them, so that a reader of a moment sees through
/// what came later; what nobody can see any more is dropped when a key is written again.
final class SnapshotStore implements OrderedKv {
  /// The values that a key had, newest first.
  ///
  /// @param value null where it was taken away
  record Version(long batch, byte[] value, Version before) {}

  private final Path folder;
  private final Map<Bucket, NavigableMap<byte[], Version>> buckets = new EnumMap<>(Bucket.class);

  /// Readers share it for the time of one call; a commit has it alone.
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  private final ReentrantLock flushing = new ReentrantLock();

  /// The moments that are being read, and how many readers each has.
  private final TreeMap<Long, Integer> moments = new TreeMap<>();

  private long batches;
  private long bytes;
  private boolean closed;

  private SnapshotStore(Path folder) {
    this.folder = folder;
    for (Bucket bucket : Bucket.values()) {
      buckets.put(bucket, new TreeMap<>(Arrays::compareUnsigned));
    }
  }

  static SnapshotStore open(Path folder) {
    SnapshotStore store = new SnapshotStore(folder);
    try {
      Files.createDirectories(folder);
      SnapshotFile.read(
          folder,
          (bucket, key, value) -> {
            store.buckets.get(bucket).put(key, new Version(0, value, null));
            store.bytes += key.length + value.length;
          });
    } catch (IOException e) {
      throw new StorageFailure(Kind.IO, folder.toString(), "opening: " + e, e);
    }
    return store;
  }

  @Override
  public Reader reader() {
    return new View(Long.MAX_VALUE, false);
  }

  @Override
  public ReadTransaction beginRead() {
    lock.writeLock().lock();
    try {
      requireOpen();
      moments.merge(batches, 1, Integer::sum);
      return new View(batches, true);
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new StorageFailure(Kind.CLOSED, folder.toString(), "used after it was closed");
    }
  }

  /// What is there at one moment, or now.
  private final class View implements ReadTransaction {
    private static final int PIECE = 256;

    private final long moment;
    private boolean counted;

    View(long moment, boolean counted) {
      this.moment = moment;
      this.counted = counted;
    }

    private static byte[] at(Version newest, long moment) {
      Version version = newest;
      while (version != null && version.batch() > moment) {
        version = version.before();
      }
      return version == null ? null : version.value();
    }

    @Override
    public byte[] get(Bucket bucket, byte[] key) {
      lock.readLock().lock();
      try {
        requireOpen();
        return at(buckets.get(bucket).get(key), moment);
      } finally {
        lock.readLock().unlock();
      }
    }

    /// In pieces, so that a long scan holds nobody up; a scan of what is there now stays at the moment at which it began.
    @Override
    public void scan(Bucket bucket, byte[] from, byte[] to, Visitor visitor) {
      if (moment == Long.MAX_VALUE) {
        try (ReadTransaction now = beginRead()) {
          now.scan(bucket, from, to, visitor);
        }
        return;
      }
      byte[] next = from;
      while (next != null) {
        List<Map.Entry<byte[], byte[]>> piece = new ArrayList<>();
        next = piece(bucket, next, to, piece);
        for (Map.Entry<byte[], byte[]> entry : piece) {
          if (!visitor.visit(entry.getKey(), entry.getValue())) {
            return;
          }
        }
      }
    }

    /// Answers where the next piece begins; null at the end.
    private byte[] piece(
        Bucket bucket, byte[] from, byte[] to, List<Map.Entry<byte[], byte[]>> piece) {
      lock.readLock().lock();
      try {
        requireOpen();
        if (to != null && Arrays.compareUnsigned(from, to) >= 0) {
          return null;
        }
        int looked = 0;
        for (Map.Entry<byte[], Version> entry : buckets.get(bucket).tailMap(from, true).entrySet()) {
          if (to != null && Arrays.compareUnsigned(entry.getKey(), to) >= 0) {
            return null;
          }
          if (looked == PIECE) {
            return entry.getKey();
          }
          looked++;
          byte[] value = at(entry.getValue(), moment);
          if (value != null) {
            piece.add(Map.entry(entry.getKey(), value));
          }
        }
        return null;
      } finally {
        lock.readLock().unlock();
      }
    }

    @Override
    public void close() {
      lock.writeLock().lock();
      try {
        if (counted) {
          counted = false;
          moments.computeIfPresent(moment, (at, readers) -> readers == 1 ? null : readers - 1);
        }
      } finally {
        lock.writeLock().unlock();
      }
    }
  }

  @Override
  public Batch beginBatch() {
    return new Writes();
  }

  /// A write of one key.
  private record Write(Bucket bucket, byte[] key, byte[] value) {}

  /// The writes of a batch, until they are committed.
  private final class Writes implements Batch {
    private final List<Write> writes = new ArrayList<>();

    @Override
    public void put(Bucket bucket, byte[] key, byte[] value) {
      writes.add(new Write(bucket, key, value));
    }

    @Override
    public void delete(Bucket bucket, byte[] key) {
      writes.add(new Write(bucket, key, null));
    }

    @Override
    public void commit() {
      lock.writeLock().lock();
      try {
        requireOpen();
        batches++;
        writes.forEach(SnapshotStore.this::apply);
        writes.clear();
      } finally {
        lock.writeLock().unlock();
      }
    }

    @Override
    public void close() {
      writes.clear();
    }
  }

  private void apply(Write write) {
    NavigableMap<byte[], Version> bucket = buckets.get(write.bucket());
    Version before = bucket.get(write.key());
    if (before != null && before.value() != null) {
      bytes -= write.key().length + before.value().length;
    }
    Version kept = visible(before);
    if (write.value() == null && kept == null) {
      bucket.remove(write.key());
      return;
    }
    bucket.put(write.key(), new Version(batches, write.value(), kept));
    if (write.value() != null) {
      bytes += write.key().length + write.value().length;
    }
  }

  /// Of the versions before a new one, those that a reader may still ask for.
  private Version visible(Version newest) {
    if (moments.isEmpty() || newest == null) {
      return null;
    }
    List<Version> needed = new ArrayList<>();
    for (long moment : moments.keySet()) {
      Version version = newest;
      while (version != null && version.batch() > moment) {
        version = version.before();
      }
      if (version != null && (needed.isEmpty() || needed.getLast() != version)) {
        needed.add(version);
      }
    }
    Version kept = null;
    for (Version version : needed) {
      kept = new Version(version.batch(), version.value(), kept);
    }
    return kept;
  }

  @Override
  public void flush() {
    flushing.lock();
    try (ReadTransaction now = beginRead()) {
      SnapshotFile.write(folder, now);
    } catch (IOException e) {
      boolean full = String.valueOf(e.getMessage()).contains("No space left");
      throw new StorageFailure(
          full ? Kind.DISK_FULL : Kind.IO, folder.toString(), "flushing: " + e, e);
    } finally {
      flushing.unlock();
    }
  }

  /// A flush that failed has left the file before it, and memory as it was: nothing is lost.
  @Override
  public void recover(Runnable writeAgain) {}

  @Override
  public Size size() {
    lock.readLock().lock();
    try {
      return new Size(bytes, bytes);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      closed = true;
    } finally {
      lock.writeLock().unlock();
    }
  }
}
