package dev.pintle.kernel.keyspace;

import dev.pintle.kernel.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A place that keeps ordered maps of bytes to bytes, the pluggable backend of the store. Whoever writes one implements this interface
/// and a [dev.pintle.kernel.backend.BackendProvider] that opens it; what follows is all that the program relies on, and what the
/// published contract suite judges.
///
/// **Order.** A bucket is a map of its own. Its keys are ordered as unsigned bytes, a key before every longer one that begins with it.
///
/// **Visibility.** The writes of a batch are seen by nobody before [Batch#commit]; when that returns, all of them, in all buckets, are
/// seen by every read that begins afterwards, on any thread. No read sees a part of a batch: a [ReadTransaction] stays at the moment of
/// its beginning, and a scan of a [Reader] is of one moment too, at or after the one at which it was asked for. Batches are ordered by
/// their commits.
///
/// **Durability.** A committed batch is durable after the next [#flush], not before: the member's log stands in front of the store and
/// covers what a crash takes away in between. So a backend needs no log of its own, and forces nothing in a commit. What it must
/// never do is keep a part: after a crash at any point, of the process or of the machine, it holds exactly the batches up to some one in
/// the order of commits, at least those before the last flush that returned. One that does not outlive the process says so
/// ([dev.pintle.kernel.backend.BackendCapabilities#durable]), and its flush does nothing.
///
/// **Threads.** Batches are committed by one thread at a time (the applying thread, or one that has been told to wait for it), though a
/// backend must take two open batches of two threads, one commit after the other. [#reader], its reads, [#beginRead] and
/// [#size] are called by any number of threads at any time, also while a batch is committed and while [#flush] runs, which
/// is another thread's. Readers do not wait for a flush. A batch, and a read transaction, is used by one thread at a time.
///
/// **Sizes.** Keys have 0 to 64 bytes. Values have 0 bytes up to somewhat more than the largest request that the server takes (1.5 MiB
/// unless it is told otherwise, with what the store notes beside it). An empty value is not an absent one. What a backend cannot
/// hold it says in [dev.pintle.kernel.backend.BackendCapabilities], and the program refuses to start.
///
/// **Arrays.** Keys and values handed to a writer belong to the backend and are not changed afterwards, except the `body` of
/// [Writer#put(Bucket, byte[], byte[], Bytes)] which is read during the call only. Arrays that a reader hands out are not changed by
/// the caller, so they may be the backend's own.
///
/// **Errors.** Whatever keeps a backend from doing what it is asked is a [StorageFailure] of the kind that fits, with the file or
/// folder named; no other exception leaves it, and nothing is swallowed. After a commit or a flush has failed the program
/// commits nothing but through [#recover], about once a second, and serves reads meanwhile. A commit that failed has either been made
/// whole or not at all, and the same batch object may be committed again. [StorageFailure.Kind#CORRUPT] ends the writing for good.
///
/// **Closing.** [#close] waits for calls inside and needs to make nothing durable. Every call afterwards fails with
/// [StorageFailure.Kind#CLOSED], but for a second close and the closing of batches and transactions, which do nothing. One that is not
/// durable may go on instead.
public interface OrderedKv extends AutoCloseable {
  /// A named map. Its bytes are ordered as unsigned.
  enum Bucket {
    /// revision (main, sub) to record: the history itself. Nearly all of the data: keys of 12 to 17 bytes that mostly grow, written
    /// once, read at random and in ranges, and deleted when history is compacted
    REVISIONS,
    /// single facts: applied index, compacted revision, format. A handful of keys, one of them written with every batch
    META,
    /// lease id to granted time to live
    LEASES
  }

  /// Reads the newest committed batch at each call; cheap, shared by any number of threads.
  Reader reader();

  /// Reads one moment, however many batches are committed after it; must be closed. It may stay open for as long as a client takes for a
  /// large range, and there may be as many as clients that ask. Each of its reads fails with
  /// [StorageFailure.Kind#REOPENED], before it has visited anything, once the store was opened anew by [#recover].
  ReadTransaction beginRead();

  /// A batch that nobody sees before [Batch#commit].
  Batch beginBatch();

  /// Returns when everything committed before the call survives a crash of the machine. Commits should go on meanwhile; where they wait for
  /// it, so do all who write.
  void flush();

  /// Tries to take batches again after a [StorageFailure]. Where that is possible only by going back to what was flushed, because
  /// what was committed later is lost with the failure, `writeAgain` has to commit it once more, and all others wait until it has:
  /// the backend calls it on this thread, once its reads show what is left, and it reads them and commits from there. Without a failure
  /// before it, nothing happens. Called by the thread that commits.
  ///
  /// @throws StorageFailure while batches cannot be taken, or from `writeAgain`
  void recover(Runnable writeAgain);

  /// Bytes the backend occupies, and how many of them hold live data. Asked every few seconds and with every status, so it must be cheap
  /// and never wait; an estimate will do. Zeros where the backend does not know, which it says in its capabilities.
  Size size();

  @Override
  void close();

  /// A view of what is committed.
  interface Reader {
    /// The value of `key`; null when there is none.
    ///
    /// @throws StorageFailure when it cannot be read
    byte @Nullable [] get(Bucket bucket, byte[] key);

    /// Visits entries of `[from, to)` in order until `visitor` answers false; `to` null has no upper end. A range whose upper end is
    /// not above its lower one is empty. What the visitor throws ends the scan and reaches the caller, and nothing stays open.
    ///
    /// @throws StorageFailure when it cannot be read, before or in the middle of the visits
    void scan(Bucket bucket, byte[] from, byte @Nullable [] to, Visitor visitor);
  }

  /// A visitor of entries, which must not read the store: whoever opens it anew waits for the scan, and that read would wait for
  /// the other.
  @FunctionalInterface
  interface Visitor {
    /// Answers whether it wants the next entry.
    boolean visit(byte[] key, byte[] value);
  }

  /// A view of one moment.
  interface ReadTransaction extends Reader, AutoCloseable {
    /// Lets the moment go; a second call does nothing.
    @Override
    void close();
  }

  /// A set of writes that are applied at once, put together by one thread. It may hold one write or several hundred thousand.
  interface Batch extends Writer, AutoCloseable {
    /// Applies the writes and empties the batch, which may then be filled again. When it fails, nothing was applied, the writes are still
    /// there, and the call may be repeated.
    ///
    /// @throws StorageFailure when the writes cannot be taken
    void commit();

    /// Without a commit before it, forgets the batch.
    @Override
    void close();
  }

  /// A taker of writes: the last one of a key counts.
  interface Writer {
    /// Gives `key` the value.
    void put(Bucket bucket, byte[] key, byte[] value);

    /// The same of a value whose parts are `head` and `body`, one behind the other: who keeps it elsewhere needs no array that holds
    /// both, which of a large value is one more that the collector has to look after.
    default void put(Bucket bucket, byte[] key, byte[] head, Bytes body) {
      byte[] value = Arrays.copyOf(head, head.length + body.size());
      System.arraycopy(body.array(), 0, value, head.length, body.size());
      put(bucket, key, value);
    }

    /// Takes `key` away; an absent one is no error.
    void delete(Bucket bucket, byte[] key);
  }

  /// The room that a backend takes.
  ///
  /// @param bytesTotal what it occupies
  /// @param bytesInUse of that, what holds live data; at most the total
  record Size(long bytesTotal, long bytesInUse) {}
}
