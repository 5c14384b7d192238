package dev.pintle.storage.memory;

import dev.pintle.kernel.keyspace.OrderedKv.Visitor;
import org.jspecify.annotations.Nullable;

/// One bucket at one moment; never changes.
final class BucketTree {
  static final BucketTree EMPTY = new BucketTree(BucketLeaf.empty(new BatchEdit()));

  private final BucketNode root;

  private BucketTree(BucketNode root) {
    this.root = root;
  }

  byte @Nullable [] get(byte[] key) {
    return root.get(key);
  }

  void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
    root.scan(from, to, visitor);
  }

  BucketTree put(BatchEdit edit, byte[] key, byte[] value) {
    BucketNode editable = root.editable(edit);
    BucketNode right = editable.put(key, value);
    return at(right == null ? editable : BucketBranch.above(edit, editable, right));
  }

  BucketTree delete(BatchEdit edit, byte[] key) {
    BucketNode editable = root.editable(edit);
    editable.delete(key);
    if (editable instanceof BucketBranch branch) {
      if (branch.width() == 0) {
        return EMPTY;
      }
      return at(branch.width() == 1 ? branch.onlyChild() : branch);
    }
    return at(editable);
  }

  private BucketTree at(BucketNode newRoot) {
    return newRoot == root ? this : new BucketTree(newRoot);
  }
}
