package dev.pintle.storage.memory;

import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import java.util.EnumMap;
import java.util.List;

/// A snapshot of every bucket after some batch; never changes.
final class BucketSnapshot {
  static final BucketSnapshot EMPTY = new BucketSnapshot(emptyTrees(), 0);

  private final EnumMap<Bucket, BucketTree> trees;
  private final long bytes;

  private BucketSnapshot(EnumMap<Bucket, BucketTree> trees, long bytes) {
    this.trees = trees;
    this.bytes = bytes;
  }

  private static EnumMap<Bucket, BucketTree> emptyTrees() {
    EnumMap<Bucket, BucketTree> trees = new EnumMap<>(Bucket.class);
    for (Bucket bucket : Bucket.values()) {
      trees.put(bucket, BucketTree.EMPTY);
    }
    return trees;
  }

  BucketTree tree(Bucket bucket) {
    return treeIn(trees, bucket);
  }

  private static BucketTree treeIn(EnumMap<Bucket, BucketTree> trees, Bucket bucket) {
    return trees.getOrDefault(bucket, BucketTree.EMPTY);
  }

  /// Bytes of all keys and values.
  long bytes() {
    return bytes;
  }

  BucketSnapshot after(List<BatchWrite> writes) {
    BatchEdit edit = new BatchEdit();
    EnumMap<Bucket, BucketTree> next = trees.clone();
    long newBytes = bytes;
    for (BatchWrite write : writes) {
      BucketTree before = treeIn(next, write.bucket());
      newBytes += write.growth(before);
      next.put(write.bucket(), write.applyTo(before, edit));
    }
    return new BucketSnapshot(next, newBytes);
  }
}
