package dev.pintle.sim.member;

import dev.pintle.member.log.CommitLog;
import dev.pintle.member.log.LogBatch;
import dev.pintle.sim.world.Claim;
import java.io.IOException;

/// The log of the member, telling the [ReferenceModel] what it decides.
final class RecordingLog implements CommitLog {
  private final CommitLog log;
  private final ReferenceModel reference;

  /// @param log just opened: what it holds beyond what was known decided is decided now
  RecordingLog(CommitLog log, ReferenceModel reference) throws IOException {
    this.log = log;
    this.reference = reference;
    Claim.check(
        log.lastIndex() >= reference.lastIndex(),
        "nothing decided is lost: the log ends at %d, %d was decided",
        log.lastIndex(),
        reference.lastIndex());
    if (log.firstIndex() <= log.lastIndex()) {
      log.replay(log.firstIndex(), reference::decide);
    }
  }

  @Override
  public long append(LogBatch batch) throws IOException {
    long last = log.append(batch);
    log.replay(reference.lastIndex() + 1, reference::decide);
    Claim.check(last == reference.lastIndex(), "append answered %d", last);
    return last;
  }

  @Override
  public void recover() throws IOException {
    log.recover();
  }

  @Override
  public long firstIndex() {
    return log.firstIndex();
  }

  @Override
  public long lastIndex() {
    return log.lastIndex();
  }

  @Override
  public long readIndex() throws IOException {
    return log.readIndex();
  }

  @Override
  public void replay(long from, EntryVisitor visitor) throws IOException {
    log.replay(from, visitor);
  }

  @Override
  public void forgetBefore(long index) throws IOException {
    log.forgetBefore(index);
  }

  @Override
  public long sizeBytes() {
    return log.sizeBytes();
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
