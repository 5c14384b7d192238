package dev.pintle.storage.memory;

import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import java.util.EnumMap;
import java.util.List;

/// Every bucket after some batch; never changes.
final class Moment {
  static final Moment EMPTY = new Moment(emptyTrees(), 0);

  private final EnumMap<Bucket, Tree> trees;
  private final long bytes;

  private Moment(EnumMap<Bucket, Tree> trees, long bytes) {
    this.trees = trees;
    this.bytes = bytes;
  }

  private static EnumMap<Bucket, Tree> emptyTrees() {
    EnumMap<Bucket, Tree> trees = new EnumMap<>(Bucket.class);
    for (Bucket bucket : Bucket.values()) {
      trees.put(bucket, Tree.EMPTY);
    }
    return trees;
  }

  Tree tree(Bucket bucket) {
    return treeIn(trees, bucket);
  }

  private static Tree treeIn(EnumMap<Bucket, Tree> trees, Bucket bucket) {
    return trees.getOrDefault(bucket, Tree.EMPTY);
  }

  /// Bytes of all keys and values.
  long bytes() {
    return bytes;
  }

  Moment after(List<Write> writes) {
    Edit edit = new Edit();
    EnumMap<Bucket, Tree> next = trees.clone();
    long newBytes = bytes;
    for (Write write : writes) {
      Tree before = treeIn(next, write.bucket());
      newBytes += write.growth(before);
      next.put(write.bucket(), write.applyTo(before, edit));
    }
    return new Moment(next, newBytes);
  }
}
