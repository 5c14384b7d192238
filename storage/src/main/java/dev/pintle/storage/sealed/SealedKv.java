package dev.pintle.storage.sealed;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.codec.SealBroken;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.keyspace.StorageFailure.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A store whose values are sealed, over any other; keys and their order are as they are. A value that does not open is
/// [Kind#CORRUPT].
public final class SealedKv implements OrderedKv {
  private final OrderedKv store;
  private final EpochSeal seal;
  private final String name;
  private final Reader newest;

  /// Held while a batch is committed, so that sealing anew cannot bring back what a batch took away.
  private final ReentrantLock committing = new ReentrantLock();

  private final LongAdder sealedAnew = new LongAdder();

  /// @param name what to call it in a message
  public SealedKv(OrderedKv store, EpochSeal seal, String name) {
    this.store = store;
    this.seal = seal;
    this.name = name;
    this.newest = new Opened(store.reader());
  }

  private static byte[] place(Bucket bucket, byte[] key) {
    byte[] place = new byte[key.length + 1];
    place[0] =
        switch (bucket) {
          case REVISIONS -> 'r';
          case META -> 'm';
          case LEASES -> 'l';
        };
    System.arraycopy(key, 0, place, 1, key.length);
    return place;
  }

  private byte[] open(Bucket bucket, byte[] key, byte[] sealed) {
    try {
      return seal.open(sealed, place(bucket, key));
    } catch (SealBroken broken) {
      throw new StorageFailure(
          Kind.CORRUPT, name, "a value of %s %s".formatted(bucket, broken.getMessage()), broken);
    }
  }

  /// A reader that opens what it hands out.
  private class Opened implements Reader {
    private final Reader sealed;

    Opened(Reader sealed) {
      this.sealed = sealed;
    }

    @Override
    public byte @Nullable [] get(Bucket bucket, byte[] key) {
      byte @Nullable [] value = sealed.get(bucket, key);
      return value == null ? null : open(bucket, key, value);
    }

    @Override
    public void scan(Bucket bucket, byte[] from, byte @Nullable [] to, Visitor visitor) {
      sealed.scan(bucket, from, to, (key, value) -> visitor.visit(key, open(bucket, key, value)));
    }
  }

  /// The same of one moment.
  private final class OpenedMoment extends Opened implements ReadTransaction {
    private final ReadTransaction moment;

    OpenedMoment(ReadTransaction moment) {
      super(moment);
      this.moment = moment;
    }

    @Override
    public void close() {
      moment.close();
    }
  }

  /// A batch that seals what it is given.
  private final class SealedBatch implements Batch {
    private final Batch batch;

    SealedBatch(Batch batch) {
      this.batch = batch;
    }

    @Override
    public void put(Bucket bucket, byte[] key, byte[] value) {
      batch.put(bucket, key, seal.seal(value, 0, value.length, place(bucket, key)));
    }

    @Override
    public void put(Bucket bucket, byte[] key, byte[] head, Bytes body) {
      batch.put(bucket, key, seal.seal(head, body, place(bucket, key)));
    }

    @Override
    public void delete(Bucket bucket, byte[] key) {
      batch.delete(bucket, key);
    }

    @Override
    public void commit() {
      committing.lock();
      try {
        batch.commit();
      } finally {
        committing.unlock();
      }
    }

    @Override
    public void close() {
      batch.close();
    }
  }

  /// Seals with the first key what another one sealed, a piece of a bucket.
  ///
  /// @param from the key at which the piece begins
  /// @param bytesMax of values that are looked at
  /// @return where the next piece begins; null at the end of the bucket
  public byte @Nullable [] sealAnew(Bucket bucket, byte[] from, long bytesMax) {
    List<byte[]> stale = new ArrayList<>();
    byte @Nullable [][] next = new byte @Nullable [][] {null};
    long[] bytes = {0};
    try (ReadTransaction now = store.beginRead()) {
      now.scan(
          bucket,
          from,
          null,
          (key, value) -> {
            if (bytes[0] >= bytesMax) {
              next[0] = key;
              return false;
            }
            bytes[0] += key.length + value.length;
            if (seal.isStale(value)) {
              stale.add(key);
            }
            return true;
          });
    }
    if (!stale.isEmpty()) {
      rewrite(bucket, stale);
    }
    return next[0];
  }

  /// How many values [#sealAnew] has written.
  public long sealedAnew() {
    return sealedAnew.sum();
  }

  private void rewrite(Bucket bucket, List<byte[]> keys) {
    committing.lock();
    try (Batch batch = store.beginBatch()) {
      for (byte[] key : keys) {
        byte @Nullable [] value = store.reader().get(bucket, key);
        if (value != null && seal.isStale(value)) {
          sealedAnew.increment();
          byte[] plain = open(bucket, key, value);
          batch.put(bucket, key, seal.seal(plain, 0, plain.length, place(bucket, key)));
          Arrays.fill(plain, (byte) 0);
        }
      }
      batch.commit();
    } finally {
      committing.unlock();
    }
  }

  @Override
  public Reader reader() {
    return newest;
  }

  @Override
  public ReadTransaction beginRead() {
    return new OpenedMoment(store.beginRead());
  }

  @Override
  public Batch beginBatch() {
    return new SealedBatch(store.beginBatch());
  }

  @Override
  public void flush() {
    store.flush();
  }

  @Override
  public void recover(Runnable writeAgain) {
    store.recover(writeAgain);
  }

  @Override
  public Size size() {
    return store.size();
  }

  @Override
  public void close() {
    store.close();
  }
}
