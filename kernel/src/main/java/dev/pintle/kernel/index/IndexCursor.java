package dev.pintle.kernel.index;

import dev.pintle.kernel.keyspace.KeyRange;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A walk over the keys of a range that were alive at one revision, in order. Starts before the first of them.
public final class IndexCursor {
  /// Far more levels than memory could fill.
  private static final int DEPTH_MAX = 16;

  private final Branch[] branches = new Branch[DEPTH_MAX];
  private final int[] places = new int[DEPTH_MAX];
  private final byte @Nullable [] to;
  private final long revision;
  private int depth;
  private Leaf leaf;
  private int at;
  private @Nullable KeyVersion version;

  IndexCursor(Node root, KeyRange range, long revision) {
    byte[] from = range.from().array();
    this.to = range.to() == null ? null : range.to().array();
    this.revision = revision;
    this.leaf = descend(root, from);
    int found = leaf.find(from);
    this.at = (found < 0 ? -found - 1 : found) - 1;
  }

  private Leaf descend(Node root, byte[] key) {
    Node node = root;
    while (node instanceof Branch branch) {
      branches[depth] = branch;
      places[depth] = branch.childOf(key);
      node = branch.child(places[depth]);
      depth++;
    }
    return (Leaf) node;
  }

  /// Steps to the next key; false when there is none.
  public boolean next() {
    while (true) {
      at++;
      if (at >= leaf.width() && !nextLeaf()) {
        return false;
      }
      if (to != null && Arrays.compareUnsigned(leaf.key(at), to) >= 0) {
        at = leaf.width() - 1;
        depth = 0;
        return false;
      }
      version = leaf.versionAt(at, revision);
      if (version != null) {
        return true;
      }
    }
  }

  private boolean nextLeaf() {
    while (depth > 0) {
      Branch branch = branches[depth - 1];
      int place = ++places[depth - 1];
      if (place < branch.width()) {
        leaf = firstLeaf(branch.child(place));
        at = 0;
        return true;
      }
      depth--;
    }
    at = leaf.width() - 1;
    return false;
  }

  private Leaf firstLeaf(Node from) {
    Node node = from;
    while (node instanceof Branch branch) {
      branches[depth] = branch;
      places[depth] = 0;
      depth++;
      node = branch.child(0);
    }
    return (Leaf) node;
  }

  /// The key stepped to; shared, read only.
  public byte[] key() {
    return leaf.key(at);
  }

  public KeyVersion version() {
    KeyVersion current = version;
    if (current == null) {
      throw new IllegalStateException("cursor: not on a key (expected: next() answered true)");
    }
    return current;
  }
}
