package dev.pintle.kernel.index;

import dev.pintle.kernel.index.Index.DroppedVersions;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A node of the B+tree. Immutable but to the holder of [#owner].
abstract sealed class Node permits Leaf, Branch {
  /// Most keys of a leaf and most children of a branch.
  static final int WIDTH_MAX = 32;

  /// A node this small looks for a neighbour to merge with.
  static final int WIDTH_SMALL = WIDTH_MAX / 4;

  /// Two neighbours merge when they fill no more than this together, so that the next insert does not split them again.
  static final int WIDTH_MERGED_MAX = WIDTH_MAX * 3 / 4;

  final Edit owner;

  Node(Edit owner) {
    this.owner = owner;
  }

  /// Keys or children.
  abstract int width();

  /// Live keys at and under this node.
  abstract int live();

  /// The newest revision of any version at and under this node.
  abstract long newest();

  abstract byte[] firstKey();

  abstract Leaf leafOf(byte[] key);

  /// How many live keys sort before `key`.
  abstract long liveBefore(byte[] key);

  /// How many keys of `[from, to)` were alive at `revision`; a null bound is open.
  abstract long liveAt(long revision, byte @Nullable [] from, byte @Nullable [] to);

  /// Visits the keys of `[from, to)` whose newest version is newer than `revision`, in order; a null bound is open.
  abstract void visitNewer(
      byte @Nullable [] from,
      byte @Nullable [] to,
      long revision,
      Consumer<? super byte[]> visitor);

  /// This node, or a copy that `edit` may change.
  abstract Node editable(Edit edit);

  /// Writes in place; the caller made this node editable. Answers the new right neighbour when the node had to split.
  abstract @Nullable Node write(Change change);

  /// Whether [#trim] at `revision` may find something in the leaf of `key`, and the first key of the leaf after it.
  abstract Trimming trimming(byte[] key, long revision);

  /// Forgets what compaction at `revision` makes unreadable in the leaf of `key`; may leave the node empty.
  abstract void trim(byte[] key, long revision, Edit edit, DroppedVersions dropped);

  /// Takes over everything of the right neighbour `right`; the caller made this node editable.
  ///
  /// @param least what the common parent routed to `right` by; the neighbour's own idea of it may be out of date
  abstract void absorb(Node right, byte[] least);

  /// The finding of [#trimming].
  static final class Trimming {
    private final boolean needed;
    private final byte @Nullable [] nextLeaf;

    Trimming(boolean needed, byte @Nullable [] nextLeaf) {
      this.needed = needed;
      this.nextLeaf = nextLeaf;
    }

    boolean needed() {
      return needed;
    }

    byte @Nullable [] nextLeaf() {
      return nextLeaf;
    }
  }
}
