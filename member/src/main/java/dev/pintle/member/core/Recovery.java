package dev.pintle.member.core;

import dev.pintle.kernel.codec.ByteReader;
import dev.pintle.kernel.codec.MalformedBytes;
import dev.pintle.kernel.command.CommandCodec;
import dev.pintle.member.log.CommitLog;
import dev.pintle.member.log.UnreadableFile;
import java.io.IOException;

/// The way of the keyspace from where storage is to where the log is, or was at some moment.
final class Recovery {
  /// Entries applied between two commits to storage.
  private static final int COMMIT_EVERY_ENTRIES = 4096;

  private final CommitLog log;
  private final ApplyStage target;
  private final long last;
  private long count;

  /// @param last the last entry to apply
  Recovery(CommitLog log, ApplyStage target, long last) {
    this.log = log;
    this.target = target;
    this.last = last;
  }

  /// Applies what the log has and storage has not; answers how many entries that were.
  long run() throws IOException {
    long applied = target.appliedIndex();
    requireMeets(applied);
    log.replay(applied + 1, this::apply);
    if (count > 0) {
      target.commitReplayed();
    }
    return count;
  }

  /// Storage never knows more than the log, and the log forgets only what storage has.
  private void requireMeets(long applied) throws UnreadableFile {
    if (log.lastIndex() < applied || log.firstIndex() > applied + 1) {
      throw new UnreadableFile.Corrupt(
          "log",
          0,
          "holds entries %d to %d, but storage has applied %d (expected: the log to go on there)"
              .formatted(log.firstIndex(), log.lastIndex(), applied));
    }
  }

  private void apply(long index, byte[] entry) {
    if (index > last) {
      return;
    }
    try {
      target.replay(index, CommandCodec.decode(new ByteReader(entry)));
    } catch (MalformedBytes e) {
      throw new MalformedBytes("log entry %d: %s".formatted(index, e.getMessage()));
    }
    count++;
    if (count % COMMIT_EVERY_ENTRIES == 0) {
      target.commitReplayed();
    }
  }
}
