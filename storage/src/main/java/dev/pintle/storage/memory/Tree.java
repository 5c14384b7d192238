package dev.pintle.storage.memory;

import dev.pintle.kernel.keyspace.OrderedKv.Visitor;
import org.jspecify.annotations.Nullable;

/// One bucket at one moment; never changes.
final class Tree {
  static final Tree EMPTY = new Tree(Leaf.empty(new Edit()));

  private final Node root;

  private Tree(Node root) {
    this.root = root;
  }

  byte @Nullable [] get(byte[] key) {
    return root.get(key);
  }

  void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
    root.scan(from, to, visitor);
  }

  Tree put(Edit edit, byte[] key, byte[] value) {
    Node editable = root.editable(edit);
    Node right = editable.put(key, value);
    return at(right == null ? editable : Branch.above(edit, editable, right));
  }

  Tree delete(Edit edit, byte[] key) {
    Node editable = root.editable(edit);
    editable.delete(key);
    if (editable instanceof Branch branch) {
      if (branch.width() == 0) {
        return EMPTY;
      }
      return at(branch.width() == 1 ? branch.onlyChild() : branch);
    }
    return at(editable);
  }

  private Tree at(Node newRoot) {
    return newRoot == root ? this : new Tree(newRoot);
  }
}
