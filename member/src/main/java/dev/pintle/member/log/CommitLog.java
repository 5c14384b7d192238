package dev.pintle.member.log;

import java.io.IOException;

/// A durable, totally ordered log of entries, numbered from 1 without a gap.
///
/// A member uses it like this: it replays what its store has not applied yet, then one thread appends. What
/// [#append] has answered is decided for ever: it survives a crash of this member and, in a log that is replicated, of any
/// minority of members. An append that failed without a [LogUnavailable] is decided by what comes first: when another append
/// succeeds, its entries were never written; when the log is opened again, that tells. Nothing here says how a log decides, so one
/// that asks a majority can stand in for one that asks its disk.
public interface CommitLog extends AutoCloseable {
  /// The first entry that can be replayed; `lastIndex() + 1` when there is none.
  long firstIndex();

  /// The newest entry that is decided; 0 for a new log.
  long lastIndex();

  /// Adds the entries of `batch`, whole or not at all, and returns the index of the last one once they are decided. After
  /// any failure the next append tries again, in a way that trusts nothing of what failed.
  ///
  /// @throws LogUnavailable when nothing of them was begun; its cause is then a [dev.pintle.member.disk.DiskFull] or what the
  ///     system said
  long append(LogBatch batch) throws IOException;

  /// After a failure: makes everything ready for the next append, as far as that can be known without one.
  ///
  /// @throws LogUnavailable while that fails
  void recover() throws IOException;

  /// An index such that whoever has applied it knows everything that was acknowledged before this call.
  long readIndex() throws IOException;

  /// Hands over the entries from `from` on, in order, up to the newest.
  ///
  /// @param from at least [#firstIndex]
  /// @throws UnreadableFile when what is on disk is not what was written
  void replay(long from, EntryVisitor visitor) throws IOException;

  /// Entries before `index` are not needed any more: their room may be given back, now or later.
  void forgetBefore(long index) throws IOException;

  /// Has the next append go where nothing that was appended before is, so that [#forgetBefore] can give all of that back. Any thread.
  default void beginFile() {}

  /// Bytes the log occupies.
  long sizeBytes();

  @Override
  void close() throws IOException;

  @FunctionalInterface
  interface EntryVisitor {
    void visit(long index, byte[] entry);
  }
}
