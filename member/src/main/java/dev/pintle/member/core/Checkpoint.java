package dev.pintle.member.core;

import dev.pintle.kernel.state.KeyspaceRoot;
import dev.pintle.member.core.MemberCore.Parts;
import java.io.IOException;

/// The file that keeps the next start short: makes storage durable, so that the log before it is not needed any more,
/// and writes the index down, so that it need not be rebuilt.
final class Checkpoint {
  private final MemberConfig config;
  private final Parts parts;
  private long takenNanos;
  private long bytesAtLast;
  private long revision;

  /// @param revision of the checkpoint that is there, 0 when there is none
  Checkpoint(MemberConfig config, Parts parts, long revision) {
    this.config = config;
    this.parts = parts;
    this.takenNanos = parts.clock().nanos();
    this.revision = revision;
  }

  /// True when much was written since the last one, or when compaction has gone beyond it: its index then knows of keys
  /// whose end storage no longer tells.
  boolean isDue(KeyspaceRoot root, long bytesApplied) {
    boolean worth =
        bytesApplied - bytesAtLast >= config.checkpointLogBytes()
            || root.compactedRevision() > revision;
    return worth && parts.clock().nanos() - takenNanos >= config.checkpointIntervalMin().toNanos();
  }

  /// Has the next [#run] write the index whatever it holds.
  void forgetIndex() {
    revision = -1;
  }

  /// @param root published, and so committed to storage
  void run(KeyspaceRoot root, long bytesApplied) throws IOException {
    parts.store().flush();
    parts.log().forgetBefore(root.appliedIndex() + 1);
    if (root.revision() != revision) {
      parts.index().write(root.checkpoint());
    }
    revision = root.revision();
    takenNanos = parts.clock().nanos();
    bytesAtLast = bytesApplied;
  }
}
