package dev.pintle.storage.memory;

import dev.pintle.kernel.keyspace.OrderedKv.Visitor;
import org.jspecify.annotations.Nullable;

/// A node of a B+tree, immutable to all but the holder of its [BatchEdit].
abstract sealed class BucketNode permits BucketLeaf, BucketBranch {
  static final int WIDTH_MAX = 64;

  final BatchEdit owner;

  BucketNode(BatchEdit owner) {
    this.owner = owner;
  }

  /// Entries of a leaf, children of a branch.
  abstract int width();

  abstract byte[] firstKey();

  abstract byte @Nullable [] get(byte[] key);

  /// Visits `[from, to)`; answers false when the visitor did.
  abstract boolean scan(byte @Nullable [] from, byte @Nullable [] to, Visitor visitor);

  /// This node, or a copy that `edit` may change.
  abstract BucketNode editable(BatchEdit edit);

  /// Writes in place into a node made editable; answers the new right neighbour if the node had to split.
  abstract @Nullable BucketNode put(byte[] key, byte[] value);

  /// Deletes in place from a node made editable; may leave it empty.
  abstract void delete(byte[] key);
}
