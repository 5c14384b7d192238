package dev.pintle.storage.memory;

import dev.pintle.kernel.keyspace.OrderedKv.Visitor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An inner node of a bucket: children in order, each with a key that is at most its least one.
final class BucketBranch extends BucketNode {
  private byte[][] leasts;
  private BucketNode[] children;
  private int width;

  private BucketBranch(BatchEdit owner, int room) {
    super(owner);
    leasts = new byte[room][];
    children = new BucketNode[room];
  }

  static BucketBranch above(BatchEdit owner, BucketNode left, BucketNode right) {
    BucketBranch branch = new BucketBranch(owner, 4);
    branch.insert(0, left);
    branch.insert(1, right);
    return branch;
  }

  @Override
  int width() {
    return width;
  }

  BucketNode onlyChild() {
    return children[0];
  }

  @Override
  byte[] firstKey() {
    return leasts[0];
  }

  private int childOf(byte[] key) {
    int found = Arrays.binarySearch(leasts, 1, width, key, Arrays::compareUnsigned);
    return found < 0 ? -found - 2 : found;
  }

  @Override
  byte @Nullable [] get(byte[] key) {
    return children[childOf(key)].get(key);
  }

  @Override
  boolean scan(byte @Nullable [] from, byte @Nullable [] to, Visitor visitor) {
    int first = from == null ? 0 : childOf(from);
    int last = to == null ? width - 1 : childOf(to);
    for (int i = first; i <= last; i++) {
      if (!children[i].scan(i == first ? from : null, i == last ? to : null, visitor)) {
        return false;
      }
    }
    return true;
  }

  @Override
  BucketBranch editable(BatchEdit edit) {
    return owner == edit ? this : part(edit, 0, width);
  }

  private BucketBranch part(BatchEdit edit, int from, int to) {
    BucketBranch part = new BucketBranch(edit, Math.min(WIDTH_MAX, to - from + 2));
    System.arraycopy(leasts, from, part.leasts, 0, to - from);
    System.arraycopy(children, from, part.children, 0, to - from);
    part.width = to - from;
    return part;
  }

  @Override
  @Nullable BucketBranch put(byte[] key, byte[] value) {
    int at = childOf(key);
    BucketNode child = children[at].editable(owner);
    children[at] = child;
    BucketNode right = child.put(key, value);
    return right == null ? null : add(at + 1, right);
  }

  private @Nullable BucketBranch add(int at, BucketNode child) {
    if (width < WIDTH_MAX) {
      insert(at, child);
      return null;
    }
    int middle = at == width ? width - 1 : width / 2;
    BucketBranch right = part(owner, middle, width);
    Arrays.fill(leasts, middle, width, null);
    Arrays.fill(children, middle, width, null);
    width = middle;
    if (at <= middle) {
      insert(at, child);
    } else {
      right.insert(at - middle, child);
    }
    return right;
  }

  private void insert(int at, BucketNode child) {
    if (width == children.length) {
      int room = Math.min(WIDTH_MAX, width + Math.max(4, width / 2));
      leasts = Arrays.copyOf(leasts, room);
      children = Arrays.copyOf(children, room);
    }
    System.arraycopy(leasts, at, leasts, at + 1, width - at);
    System.arraycopy(children, at, children, at + 1, width - at);
    leasts[at] = child.firstKey();
    children[at] = child;
    width++;
  }

  @Override
  void delete(byte[] key) {
    int at = childOf(key);
    BucketNode child = children[at].editable(owner);
    children[at] = child;
    child.delete(key);
    if (child.width() == 0) {
      System.arraycopy(leasts, at + 1, leasts, at, width - at - 1);
      System.arraycopy(children, at + 1, children, at, width - at - 1);
      width--;
      Arrays.fill(leasts, width, width + 1, null);
      Arrays.fill(children, width, width + 1, null);
    }
  }
}
