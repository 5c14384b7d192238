package dev.pintle.storage.memory;

import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import java.util.Arrays;
import java.util.List;

/// Every bucket after some batch; never changes.
final class Moment {
  static final Moment EMPTY = new Moment(emptyTrees(), 0);

  /// One tree per bucket, in the order of the buckets.
  private final Tree[] trees;

  private final long bytes;

  private Moment(Tree[] trees, long bytes) {
    this.trees = trees;
    this.bytes = bytes;
  }

  private static Tree[] emptyTrees() {
    Tree[] trees = new Tree[Bucket.values().length];
    Arrays.fill(trees, Tree.EMPTY);
    return trees;
  }

  Tree tree(Bucket bucket) {
    return trees[bucket.ordinal()];
  }

  /// Bytes of all keys and values.
  long bytes() {
    return bytes;
  }

  Moment after(List<Write> writes) {
    Edit edit = new Edit();
    Tree[] next = trees.clone();
    long newBytes = bytes;
    for (Write write : writes) {
      int at = write.bucket().ordinal();
      newBytes += write.growth(next[at]);
      next[at] = write.applyTo(next[at], edit);
    }
    return new Moment(next, newBytes);
  }
}
