package dev.pintle.member.log;

import dev.pintle.kernel.codec.Seal;
import dev.pintle.kernel.codec.SealBroken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A log whose entries are sealed, a batch at a time.
///
/// The first entry of each batch holds all of the batch, sealed at its index; the others are empty, so that every command keeps its
/// number. Whoever replays from the middle of a batch reads from its beginning.
public final class SealedLog implements CommitLog {
  /// No batch has more entries, so that the beginning of the one that an entry is of is never further back.
  private static final int ENTRIES_MAX = 1 << 16;

  private static final byte[] EMPTY = {};

  private final CommitLog log;
  private final Seal seal;
  private final LogBatch sealed = new LogBatch();

  public SealedLog(CommitLog log, Seal seal) {
    this.log = log;
    this.seal = seal;
  }

  @Override
  public long append(LogBatch batch) throws IOException {
    if (batch.count() < 1 || batch.count() > ENTRIES_MAX) {
      throw new IllegalArgumentException(
          "entries of a batch: %d (expected: 1 to %d)".formatted(batch.count(), ENTRIES_MAX));
    }
    sealed.clear();
    int length = batch.sizeBytes() - Frame.HEADER_BYTES;
    sealed.add(seal.seal(batch.frame(), Frame.HEADER_BYTES, length, place(log.lastIndex() + 1)));
    for (int i = 1; i < batch.count(); i++) {
      sealed.add(EMPTY);
    }
    return log.append(sealed);
  }

  private static byte[] place(long index) {
    return ByteBuffer.allocate(Long.BYTES + 1).put((byte) 'L').putLong(index).array();
  }

  @Override
  public void replay(long from, EntryVisitor visitor) throws IOException {
    new Opening(from, visitor).run();
  }

  /// One replay: the batch that was opened last, and how far it was handed out.
  private final class Opening {
    private final long from;
    private final EntryVisitor visitor;
    private byte[] head = EMPTY;
    private byte[] batch = EMPTY;
    private long headIndex;
    private boolean opened;
    private int position;
    private long next;

    Opening(long from, EntryVisitor visitor) {
      this.from = from;
      this.visitor = visitor;
    }

    void run() throws IOException {
      long begin = Math.max(log.firstIndex(), from - ENTRIES_MAX);
      try {
        log.replay(begin, this::visit);
      } catch (SealBroken broken) {
        throw new UnreadableFile.Corrupt(
            "log", 0, "the entries from %d on: %s".formatted(headIndex, broken.getMessage()));
      }
    }

    private void visit(long index, byte[] entry) {
      if (entry.length > 0) {
        head = entry;
        headIndex = index;
        opened = false;
      }
      if (index < from) {
        return;
      }
      if (!opened) {
        open();
      }
      while (next < index) {
        skip();
      }
      visitor.visit(index, take());
    }

    private void open() {
      batch = seal.open(head, place(headIndex));
      opened = true;
      position = 0;
      next = headIndex;
    }

    private void skip() {
      position += Integer.BYTES + Frame.entryLength(batch, position);
      next++;
    }

    private byte[] take() {
      int length = Frame.entryLength(batch, position);
      int at = position + Integer.BYTES;
      skip();
      return Arrays.copyOfRange(batch, at, at + length);
    }
  }

  @Override
  public void beginFile() {
    log.beginFile();
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
  public void recover() throws IOException {
    log.recover();
  }

  @Override
  public long readIndex() throws IOException {
    return log.readIndex();
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
