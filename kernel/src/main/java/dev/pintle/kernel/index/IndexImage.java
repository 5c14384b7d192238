package dev.pintle.kernel.index;

import dev.pintle.kernel.keyspace.KeyRange;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The index at one moment.
public final class IndexImage {
  final Node root;

  IndexImage(Node root) {
    this.root = root;
  }

  /// How many keys are alive.
  public long size() {
    return root.live();
  }

  /// The version of `key` alive at `revision`, or null.
  public @Nullable KeyVersion find(byte[] key, long revision) {
    Leaf leaf = root.leafOf(key);
    int at = leaf.find(key);
    return at < 0 ? null : leaf.versionAt(at, revision);
  }

  /// How many keys of `range` are alive now.
  public long count(KeyRange range) {
    if (range.isEmpty()) {
      return 0;
    }
    long below = range.from().isEmpty() ? 0 : root.liveBefore(range.from().array());
    return (range.to() == null ? root.live() : root.liveBefore(range.to().array())) - below;
  }

  /// How many keys of `range` were alive at `revision`; walks what changed since.
  public long countAt(KeyRange range, long revision) {
    if (range.isEmpty()) {
      return 0;
    }
    if (root.newest() <= revision) {
      return count(range);
    }
    return root.liveAt(
        revision, range.from().array(), range.to() == null ? null : range.to().array());
  }

  /// Visits the keys of `range` whose newest version, which may be their deletion, is newer than `revision`, in order; touches
  /// only what changed since. A deletion that compaction has forgotten is not seen.
  ///
  /// @param visitor is given the index's own arrays, to read only
  public void visitNewer(KeyRange range, long revision, Consumer<? super byte[]> visitor) {
    if (!range.isEmpty()) {
      byte[] to = range.to() == null ? null : range.to().array();
      root.visitNewer(range.from().array(), to, revision, visitor);
    }
  }

  /// Walks the keys of `range` alive at `revision`, in order.
  public IndexCursor cursor(KeyRange range, long revision) {
    return new IndexCursor(root, range, revision);
  }
}
