package dev.pintle.member.log;

import dev.pintle.member.disk.DiskFile;
import dev.pintle.member.log.CommitLog.EntryVisitor;
import dev.pintle.member.log.UnreadableFile.Corrupt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The reader of a segment from its beginning, which judges its end.
///
/// A batch is one frame, and the next is written only after it was forced. So a crash can spoil the last frame only, which
/// nobody was told of: it is *torn*, and cut off. What lies behind the index at which the next segment begins was never
/// acknowledged either, see [SegmentLog]. A frame before that which does not check out although something was written after it,
/// another frame or another segment, was forced and acknowledged once: it is *corrupt*, and the log refuses to open rather
/// than lose it. To tell the two apart, everything behind a bad frame is searched for a whole one.
final class SegmentReader {
  private final String name;
  private final SegmentHeader header;
  private final byte[] bytes;
  private int position = SegmentHeader.SIZE_BYTES;

  /// Where the last frame read so far begins; 0, where the header does, before the first.
  private int lastAt;

  private long nextIndex;
  private int chain;

  private SegmentReader(String name, SegmentHeader header, byte[] bytes) {
    this.name = name;
    this.header = header;
    this.bytes = bytes;
    this.nextIndex = header.firstIndex();
    this.chain = header.chain();
  }

  static SegmentReader open(DiskFile file) throws IOException {
    SegmentHeader header = SegmentHeader.read(file);
    return new SegmentReader(file.describe(), header, contents(file));
  }

  static byte[] contents(DiskFile file) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(file.size())];
    int count = file.read(ByteBuffer.wrap(bytes), 0);
    return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
  }

  SegmentHeader header() {
    return header;
  }

  /// Index after the last entry read so far.
  long nextIndex() {
    return nextIndex;
  }

  /// Checksum of the last frame read so far.
  int chain() {
    return chain;
  }

  /// Writes the last frame, or the header where there is none, once more to where it lies.
  void rewriteLast(DiskFile file) throws IOException {
    int end = Math.min(position, bytes.length);
    file.write(ByteBuffer.wrap(bytes, lastAt, end - lastAt), lastAt);
  }

  /// Where the next frame would begin.
  int position() {
    return position;
  }

  /// Hands over the entries from `from` on, up to `end` or to the first frame that is not whole.
  void readFrames(long from, long end, EntryVisitor visitor) throws Corrupt {
    while (nextIndex < end
        && position < bytes.length
        && Frame.checksOut(bytes, position, header.salt())) {
      requireSequence();
      int length = Frame.length(bytes, position);
      int count = Frame.count(bytes, position);
      if (nextIndex + count > from) {
        readEntries(from, count, visitor);
      }
      nextIndex += count;
      chain = Frame.storedChecksum(bytes, position);
      lastAt = position;
      position = (int) Frame.aligned((long) position + Frame.HEADER_BYTES + length);
    }
  }

  private void requireSequence() throws Corrupt {
    if (Frame.firstIndex(bytes, position) != nextIndex || Frame.chain(bytes, position) != chain) {
      throw corrupt(
          "a frame of another place: first index %d (expected: %d)"
              .formatted(Frame.firstIndex(bytes, position), nextIndex));
    }
  }

  private void readEntries(long from, int count, EntryVisitor visitor) {
    int at = position + Frame.HEADER_BYTES;
    for (int i = 0; i < count; i++) {
      int length = Frame.entryLength(bytes, at);
      at += Integer.BYTES;
      if (nextIndex + i >= from) {
        visitor.visit(nextIndex + i, Arrays.copyOfRange(bytes, at, at + length));
      }
      at += length;
    }
  }

  /// Checks that nothing lies behind the frames, as must be where another segment follows.
  void requireCleanEnd() throws Corrupt {
    if (!endsClean()) {
      throw corrupt("a frame does not match its checksum, and a later segment follows");
    }
  }

  /// Checks that what lies behind the frames of the newest segment can only be the remains of a frame that was never
  /// acknowledged; answers true when there are such remains.
  boolean requireTornEnd() throws Corrupt {
    if (endsClean()) {
      return false;
    }
    int last = bytes.length - Frame.HEADER_BYTES;
    for (int at = position + Frame.ALIGNMENT_BYTES; at <= last; at += Frame.ALIGNMENT_BYTES) {
      if (Frame.firstIndex(bytes, at) > nextIndex && Frame.checksOut(bytes, at, header.salt())) {
        throw corrupt(
            "a frame does not match its checksum, and the frame at byte %d follows".formatted(at));
      }
    }
    return true;
  }

  private boolean endsClean() {
    return position >= bytes.length || isZero(bytes, position);
  }

  static boolean isZero(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private Corrupt corrupt(String what) {
    return new Corrupt(name, position, what);
  }
}
