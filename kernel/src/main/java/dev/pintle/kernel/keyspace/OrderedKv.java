package dev.pintle.kernel.keyspace;

import dev.pintle.kernel.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A place that keeps ordered maps of bytes to bytes, the pluggable backend of the store.
///
/// A committed batch is visible at once and whole to readers opened after it; it is durable after the next [#flush]. The
/// log in front of the store covers what a crash takes away in between, so a backend needs no log of its own, but must
/// never keep a part of a batch: after a crash it holds exactly the batches up to some point in commit order.
public interface OrderedKv extends AutoCloseable {
  /// A named map. Its bytes are ordered as unsigned.
  enum Bucket {
    /// revision (main, sub) to record: the history itself
    REVISIONS,
    /// single facts: applied index, compacted revision, format
    META,
    /// lease id to granted time to live
    LEASES
  }

  /// Reads the newest committed batch at each call; cheap, shared by any number of threads.
  Reader reader();

  /// Reads one moment, however many batches are committed after it; must be closed. Each of its reads fails with
  /// [StorageFailure.Kind#REOPENED], before it has visited anything, once the store was opened anew by [#recover].
  ReadTransaction beginRead();

  /// A batch that nobody sees before [Batch#commit].
  Batch beginBatch();

  /// Returns when everything committed before the call survives a crash.
  void flush();

  /// Tries to take batches again after a [StorageFailure]. Where that is possible only by going back to what was flushed, because
  /// what was committed later is lost with the failure, `writeAgain` has to commit it once more, and all others wait until it has.
  ///
  /// @throws StorageFailure while batches cannot be taken, or from `writeAgain`
  void recover(Runnable writeAgain);

  /// Bytes the backend occupies, and how many of them hold live data.
  Size size();

  @Override
  void close();

  interface Reader {
    byte @Nullable [] get(Bucket bucket, byte[] key);

    /// Visits entries of `[from, to)` in order until `visitor` answers false; `to` null has no upper end.
    void scan(Bucket bucket, byte[] from, byte @Nullable [] to, Visitor visitor);
  }

  /// A visitor of entries, which must not read the store: whoever opens it anew waits for the scan, and that read would wait for
  /// the other.
  @FunctionalInterface
  interface Visitor {
    boolean visit(byte[] key, byte[] value);
  }

  interface ReadTransaction extends Reader, AutoCloseable {
    @Override
    void close();
  }

  /// A set of writes that are applied at once, put together by one thread.
  interface Batch extends Writer, AutoCloseable {
    void commit();

    /// Without a commit before it, forgets the batch.
    @Override
    void close();
  }

  interface Writer {
    void put(Bucket bucket, byte[] key, byte[] value);

    /// The same of a value whose parts are `head` and `body`, one behind the other: who keeps it elsewhere needs no array that holds
    /// both, which of a large value is one more that the collector has to look after.
    default void put(Bucket bucket, byte[] key, byte[] head, Bytes body) {
      byte[] value = Arrays.copyOf(head, head.length + body.size());
      System.arraycopy(body.array(), 0, value, head.length, body.size());
      put(bucket, key, value);
    }

    void delete(Bucket bucket, byte[] key);
  }

  record Size(long bytesTotal, long bytesInUse) {}
}
