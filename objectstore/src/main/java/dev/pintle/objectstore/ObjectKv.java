package dev.pintle.objectstore;

import static java.util.Objects.requireNonNull;

import dev.pintle.kernel.codec.ByteWriter;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.keyspace.StorageFailure.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A store in a bucket. Everything is at hand in a local one; which keys have changed since the last flush is kept beside it, and a
/// flush writes their values, as they are at that moment, to the bucket.
final class ObjectKv implements OrderedKv {
  /// More segments than these are made one run again.
  private static final int SEGMENTS_MAX = 24;

  /// Segments may take so many times the room of what is live.
  private static final int GARBAGE_TIMES = 3;

  private static final long GARBAGE_BYTES_MIN = 64 << 20;

  private final OrderedKv local;
  private final ObjectClient objects;
  private final SegmentCache cache;
  private final int segmentBytes;

  /// Held while a batch is committed, and while a flush begins.
  private final ReentrantLock committing = new ReentrantLock();

  private final ReentrantLock flushing = new ReentrantLock();
  private Map<Bucket, NavigableSet<byte[]>> changed = nothing();
  private Manifest manifest;
  private String tag;
  private volatile boolean closed;

  /// @param local holds what `manifest` says
  /// @param tag of the manifest; empty where there is none yet
  ObjectKv(
      OrderedKv local,
      ObjectClient objects,
      SegmentCache cache,
      Manifest manifest,
      String tag,
      int segmentBytes) {
    this.local = local;
    this.objects = objects;
    this.cache = cache;
    this.manifest = manifest;
    this.tag = tag;
    this.segmentBytes = segmentBytes;
  }

  private static Map<Bucket, NavigableSet<byte[]>> nothing() {
    Map<Bucket, NavigableSet<byte[]>> sets = new EnumMap<>(Bucket.class);
    for (Bucket bucket : Bucket.values()) {
      sets.put(bucket, new TreeSet<>(Arrays::compareUnsigned));
    }
    return sets;
  }

  private static NavigableSet<byte[]> keys(Map<Bucket, NavigableSet<byte[]>> sets, Bucket bucket) {
    return requireNonNull(sets.get(bucket));
  }

  @Override
  public Reader reader() {
    return local.reader();
  }

  @Override
  public ReadTransaction beginRead() {
    return local.beginRead();
  }

  @Override
  public Batch beginBatch() {
    return new NotedBatch(local.beginBatch());
  }

  /// A key that a batch has written.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Touched(Bucket bucket, byte[] key) {}

  /// A batch of the local store that notes the keys.
  private final class NotedBatch implements Batch {
    private final Batch batch;
    private final List<Touched> touched = new ArrayList<>();

    NotedBatch(Batch batch) {
      this.batch = batch;
    }

    @Override
    public void put(Bucket bucket, byte[] key, byte[] value) {
      batch.put(bucket, key, value);
      touched.add(new Touched(bucket, key));
    }

    @Override
    public void delete(Bucket bucket, byte[] key) {
      batch.delete(bucket, key);
      touched.add(new Touched(bucket, key));
    }

    @Override
    public void commit() {
      committing.lock();
      try {
        batch.commit();
        for (Touched each : touched) {
          keys(changed, each.bucket()).add(each.key());
        }
        touched.clear();
      } finally {
        committing.unlock();
      }
    }

    @Override
    public void close() {
      batch.close();
    }
  }

  @Override
  public void flush() {
    flushing.lock();
    try {
      requireOpen();
      Map<Bucket, NavigableSet<byte[]>> written;
      ReadTransaction now;
      committing.lock();
      try {
        written = changed;
        changed = nothing();
        now = local.beginRead();
      } finally {
        committing.unlock();
      }
      try (ReadTransaction moment = now) {
        // First, so that a local store that goes back to its last flush is never behind the bucket.
        local.flush();
        upload(written, moment);
      } catch (RuntimeException failed) {
        takeBack(written);
        throw failed;
      }
    } finally {
      flushing.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new StorageFailure(
          Kind.CLOSED, objects.address().toString(), "used after it was closed");
    }
  }

  private void takeBack(Map<Bucket, NavigableSet<byte[]>> written) {
    committing.lock();
    try {
      for (Bucket bucket : Bucket.values()) {
        keys(changed, bucket).addAll(keys(written, bucket));
      }
    } finally {
      committing.unlock();
    }
  }

  private void upload(Map<Bucket, NavigableSet<byte[]>> written, ReadTransaction moment) {
    if (written.values().stream().allMatch(NavigableSet::isEmpty)) {
      return;
    }
    if (isWorthOneRun()) {
      List<Segment> before = manifest.segments();
      Run whole = new Run();
      for (Bucket bucket : Bucket.values()) {
        moment.scan(
            bucket,
            new byte[0],
            null,
            (key, value) -> {
              whole.add(bucket, key, value);
              return true;
            });
      }
      replace(manifest.with(whole.end()));
      cache.keepOnly(manifest.segments());
      before.forEach(this::deleteQuietly);
      return;
    }
    Run run = new Run();
    for (Bucket bucket : Bucket.values()) {
      for (byte[] key : keys(written, bucket)) {
        run.add(bucket, key, moment.get(bucket, key));
      }
    }
    replace(manifest.and(run.end()));
  }

  private boolean isWorthOneRun() {
    long bytes = manifest.bytes();
    long live = local.size().bytesInUse();
    return manifest.segments().size() >= SEGMENTS_MAX + live / segmentBytes
        || bytes > Math.max(GARBAGE_BYTES_MIN, GARBAGE_TIMES * live);
  }

  /// Segments that are written one after the other.
  private final class Run {
    private final List<Segment> done = new ArrayList<>();
    private final ByteWriter content = new ByteWriter(64 << 10);

    void add(Bucket bucket, byte[] key, byte @Nullable [] value) {
      Segment.write(content, bucket, key, value);
      if (content.size() >= segmentBytes) {
        finish();
      }
    }

    List<Segment> end() {
      if (content.size() > 0) {
        finish();
      }
      return done;
    }

    private void finish() {
      byte[] bytes = content.toByteArray();
      content.clear();
      Segment segment =
          new Segment(
              "segments/%d-%s".formatted(manifest.generation() + 1, UUID.randomUUID()),
              bytes.length,
              RequestSignature.hex(RequestSignature.sha256(bytes)));
      objects.create(segment.name(), bytes);
      cache.keep(segment, bytes);
      done.add(segment);
    }
  }

  private void replace(Manifest next) {
    tag =
        objects
            .replace(Manifest.NAME, next.encode(), tag)
            .orElseThrow(() ->
                new StorageFailure(
                    Kind.IO,
                    objects.address().toString(),
                    "the manifest was replaced by somebody else (expected: one program for each prefix)"));
    manifest = next;
  }

  /// One that stays is not named by any manifest, and takes room only.
  private void deleteQuietly(Segment segment) {
    try {
      objects.delete(segment.name());
    } catch (StorageFailure kept) {
      System.getLogger(ObjectKv.class.getName())
          .log(System.Logger.Level.DEBUG, "a segment stays: {0}", kept.getMessage());
    }
  }

  @Override
  public void recover(Runnable writeAgain) {
    local.recover(writeAgain);
  }

  @Override
  public Size size() {
    return local.size();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    local.close();
    flushing.lock();
    try {
      objects.close();
    } finally {
      flushing.unlock();
    }
  }
}
