package dev.pintle.member.log;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// A log that ends with the process: its entries are decided at once.
public final class MemoryLog implements CommitLog {
  /// Frames by the index of their first entry.
  private final ConcurrentSkipListMap<Long, byte[]> frames = new ConcurrentSkipListMap<>();

  private final AtomicLong bytes = new AtomicLong();
  private volatile long lastIndex;

  public MemoryLog() {
    this(0);
  }

  private MemoryLog(long lastIndex) {
    this.lastIndex = lastIndex;
  }

  /// One whose entries up to `index` are decided and forgotten, for a member that begins with a store that has applied them.
  public static MemoryLog after(long index) {
    return new MemoryLog(index);
  }

  @Override
  public long firstIndex() {
    Map.Entry<Long, byte[]> first = frames.firstEntry();
    return first == null ? lastIndex + 1 : first.getKey();
  }

  @Override
  public long lastIndex() {
    return lastIndex;
  }

  @Override
  public long readIndex() {
    return lastIndex;
  }

  @Override
  public long append(LogBatch batch) {
    byte[] frame = Arrays.copyOf(batch.frame(), batch.sizeBytes());
    Frame.seal(frame, frame.length, 0, lastIndex + 1, batch.count(), 0);
    frames.put(lastIndex + 1, frame);
    bytes.addAndGet(frame.length);
    long last = lastIndex + batch.count();
    lastIndex = last;
    return last;
  }

  @Override
  public void recover() {}

  @Override
  public void replay(long from, EntryVisitor visitor) {
    frames.forEach((first, frame) -> replay(first, frame, from, visitor));
  }

  private static void replay(long first, byte[] frame, long from, EntryVisitor visitor) {
    int at = Frame.HEADER_BYTES;
    for (int i = 0; i < Frame.count(frame, 0); i++) {
      int length = Frame.entryLength(frame, at);
      at += Integer.BYTES;
      if (first + i >= from) {
        visitor.visit(first + i, Arrays.copyOfRange(frame, at, at + length));
      }
      at += length;
    }
  }

  @Override
  public void forgetBefore(long index) {
    Map.Entry<Long, byte[]> first = frames.firstEntry();
    while (first != null && first.getKey() + Frame.count(first.getValue(), 0) <= index) {
      frames.remove(first.getKey());
      bytes.addAndGet(-first.getValue().length);
      first = frames.firstEntry();
    }
  }

  @Override
  public long sizeBytes() {
    return bytes.get();
  }

  @Override
  public void close() {}
}
