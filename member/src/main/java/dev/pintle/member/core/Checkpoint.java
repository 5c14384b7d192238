package dev.pintle.member.core;

import dev.pintle.kernel.state.KeyspaceRoot;
import dev.pintle.member.core.MemberCore.Parts;
import java.io.IOException;

/// Keeps the next start short: makes storage durable, so that the log before it is not needed any more.
final class Checkpoint {
  private final MemberConfig config;
  private final Parts parts;
  private long takenNanos;
  private long bytesAtLast;

  Checkpoint(MemberConfig config, Parts parts) {
    this.config = config;
    this.parts = parts;
    this.takenNanos = parts.clock().nanos();
  }

  boolean isDue(long bytesApplied) {
    return bytesApplied - bytesAtLast >= config.checkpointLogBytes()
        && parts.clock().nanos() - takenNanos >= config.checkpointIntervalMin().toNanos();
  }

  /// @param root published, and so committed to storage
  void run(KeyspaceRoot root, long bytesApplied) throws IOException {
    parts.store().flush();
    parts.log().forgetBefore(root.appliedIndex() + 1);
    takenNanos = parts.clock().nanos();
    bytesAtLast = bytesApplied;
  }
}
