package dev.pintle.kernel.index;

import dev.pintle.kernel.codec.ByteWriter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// A writer of an image as bytes, in pieces of a bounded size, so that it need not hold it all. [IndexImageReader]
/// reads the pieces back, in the same order.
///
/// A piece is a count, and that many entries: how many bytes the key shares with the one before it in the piece, the rest of
/// the key, flags, create and modified revision, sub, version, and what the flags announce: lease, history.
public final class IndexImageWriter {
  static final int LEASE = 1;
  static final int HISTORY = 2;

  private final Deque<Node> waiting = new ArrayDeque<>();

  public IndexImageWriter(IndexImage image) {
    waiting.push(image.root);
  }

  public boolean isDone() {
    return waiting.isEmpty();
  }

  /// Appends a piece to `out`, of about `bytesMax` bytes or one leaf, whichever is more.
  public void writePiece(ByteWriter out, int bytesMax) {
    ByteWriter entries = new ByteWriter(bytesMax);
    int count = 0;
    byte[] before = new byte[0];
    while (!waiting.isEmpty() && entries.size() < bytesMax) {
      switch (waiting.pop()) {
        case Branch branch -> {
          for (int i = branch.width() - 1; i >= 0; i--) {
            waiting.push(branch.child(i));
          }
        }
        case Leaf leaf -> {
          for (int i = 0; i < leaf.width(); i++) {
            write(leaf, i, before, entries);
            before = leaf.key(i);
          }
          count += leaf.width();
        }
      }
    }
    out.writeVarint(count);
    out.writeBytes(entries.buffer(), 0, entries.size());
  }

  private static void write(Leaf leaf, int at, byte[] before, ByteWriter out) {
    byte[] key = leaf.key(at);
    KeyVersion newest = leaf.newestVersion(at);
    KeyHistory history = leaf.history(at);
    int mismatch = Arrays.mismatch(before, key);
    int shared = mismatch < 0 ? key.length : mismatch;
    out.writeVarint(shared);
    out.writeVarint(key.length - shared);
    out.writeBytes(key, shared, key.length - shared);
    out.writeByte((newest.lease() != 0 ? LEASE : 0) | (history != null ? HISTORY : 0));
    out.writeVarint(newest.created());
    out.writeVarint(newest.modified());
    out.writeVarint(newest.sub());
    out.writeVarint(newest.version());
    if (newest.lease() != 0) {
      out.writeLong(newest.lease());
    }
    if (history != null) {
      history.write(out);
    }
  }
}
