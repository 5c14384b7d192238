package dev.pintle.storage.memory;

import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import org.jspecify.annotations.Nullable;

/// One write of a batch; a null value deletes. Arrays are shared with the caller, who gave them away.
@SuppressWarnings("ArrayRecordComponent") // never compared, and on the path of every put
record BatchWrite(Bucket bucket, byte[] key, byte @Nullable [] value) {
  BucketTree applyTo(BucketTree tree, BatchEdit edit) {
    return value == null ? tree.delete(edit, key) : tree.put(edit, key, value);
  }

  /// By how many bytes `tree` grows.
  long growth(BucketTree tree) {
    byte[] before = tree.get(key);
    long old = before == null ? 0 : (long) key.length + before.length;
    return (value == null ? 0 : (long) key.length + value.length) - old;
  }
}
