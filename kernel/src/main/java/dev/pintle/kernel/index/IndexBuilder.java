package dev.pintle.kernel.index;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.Invariant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A builder of an index of entries that come in the order of their keys, without a search or a split.
final class IndexBuilder {
  /// Nodes are left with room, so that the first writes do not split all of them.
  private static final int WIDTH_BUILT = Node.WIDTH_MAX * 7 / 8;

  private final Edit edit = new Edit();
  private final List<Node> leaves = new ArrayList<>();
  private final IndexEntry[] pending = new IndexEntry[WIDTH_BUILT];
  private int pendingCount;
  private byte @Nullable [] last;

  void add(IndexEntry entry) {
    Invariant.check(
        last == null || Arrays.compareUnsigned(last, entry.key()) < 0,
        "index image: key " + Bytes.wrap(entry.key()) + " out of order");
    last = entry.key();
    pending[pendingCount++] = entry;
    if (pendingCount == WIDTH_BUILT) {
      flush();
    }
  }

  private void flush() {
    leaves.add(Leaf.of(edit, pending, pendingCount));
    pendingCount = 0;
  }

  Index build() {
    if (pendingCount > 0 || leaves.isEmpty()) {
      flush();
    }
    List<Node> level = leaves;
    while (level.size() > 1) {
      level = above(level);
    }
    return new Index(level.getFirst());
  }

  private List<Node> above(List<Node> children) {
    List<Node> branches = new ArrayList<>();
    for (int from = 0; from < children.size(); from += WIDTH_BUILT) {
      int to = Math.min(children.size(), from + WIDTH_BUILT);
      branches.add(Branch.of(edit, children.subList(from, to)));
    }
    return branches;
  }
}
