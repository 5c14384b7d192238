package dev.pintle.kernel.watch;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.keyspace.KeyRange;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs of keys with a value each, asked which of them contain a key. An AVL tree in the order of the runs' beginnings, where
/// every node knows how far the runs under it reach; immutable, a change copies one path.
final class IntervalTree<V> {
  private final @Nullable Node<V> root;

  private IntervalTree(@Nullable Node<V> root) {
    this.root = root;
  }

  static <V> IntervalTree<V> empty() {
    return new IntervalTree<>(null);
  }

  /// A node of the tree.
  ///
  /// @param reach the largest upper end at and under this node; null when one of them is open
  private record Node<V>(
      KeyRange range,
      V value,
      @Nullable Node<V> left,
      @Nullable Node<V> right,
      int height,
      @Nullable Bytes reach) {}

  IntervalTree<V> put(KeyRange range, V value) {
    return new IntervalTree<>(put(root, range, value));
  }

  IntervalTree<V> remove(KeyRange range) {
    return new IntervalTree<>(remove(root, range));
  }

  /// Visits the values of all runs that contain `key`, in the order of the runs.
  void containing(Bytes key, Consumer<? super V> visitor) {
    containing(root, key, visitor);
  }

  private static <V> void containing(
      @Nullable Node<V> node, Bytes key, Consumer<? super V> visitor) {
    if (node == null || (node.reach != null && node.reach.compareTo(key) <= 0)) {
      return;
    }
    containing(node.left, key, visitor);
    if (node.range.from().compareTo(key) <= 0) {
      if (node.range.contains(key)) {
        visitor.accept(node.value);
      }
      containing(node.right, key, visitor);
    }
  }

  private static int compare(KeyRange one, KeyRange other) {
    int order = one.from().compareTo(other.from());
    return order != 0 ? order : compareEnds(one.to(), other.to());
  }

  /// An open end, null, comes after all others.
  private static int compareEnds(@Nullable Bytes one, @Nullable Bytes other) {
    if (one == null || other == null) {
      return Boolean.compare(one == null, other == null);
    }
    return one.compareTo(other);
  }

  private static int height(@Nullable Node<?> node) {
    return node == null ? 0 : node.height;
  }

  private static <V> Node<V> node(Node<V> entry, @Nullable Node<V> left, @Nullable Node<V> right) {
    Bytes reach = entry.range.to();
    if (left != null && compareEnds(left.reach, reach) > 0) {
      reach = left.reach;
    }
    if (right != null && compareEnds(right.reach, reach) > 0) {
      reach = right.reach;
    }
    int height = 1 + Math.max(height(left), height(right));
    return new Node<>(entry.range, entry.value, left, right, height, reach);
  }

  private static <V> Node<V> put(@Nullable Node<V> node, KeyRange range, V value) {
    if (node == null) {
      return new Node<>(range, value, null, null, 1, range.to());
    }
    int order = compare(range, node.range);
    if (order == 0) {
      return node(new Node<>(range, value, null, null, 1, range.to()), node.left, node.right);
    }
    return order < 0
        ? balance(node, put(node.left, range, value), node.right)
        : balance(node, node.left, put(node.right, range, value));
  }

  private static <V> @Nullable Node<V> remove(@Nullable Node<V> node, KeyRange range) {
    if (node == null) {
      return null;
    }
    int order = compare(range, node.range);
    if (order < 0) {
      return balance(node, remove(node.left, range), node.right);
    }
    if (order > 0) {
      return balance(node, node.left, remove(node.right, range));
    }
    if (node.right == null) {
      return node.left;
    }
    Node<V> least = node.right;
    while (least.left != null) {
      least = least.left;
    }
    return balance(least, node.left, withoutLeast(node.right));
  }

  private static <V> @Nullable Node<V> withoutLeast(Node<V> node) {
    return node.left == null ? node.right : balance(node, withoutLeast(node.left), node.right);
  }

  private static <V> Node<V> balance(
      Node<V> entry, @Nullable Node<V> left, @Nullable Node<V> right) {
    if (right != null && height(right) > height(left) + 1) {
      return rotateLeft(entry, left, right);
    }
    if (left != null && height(left) > height(right) + 1) {
      return rotateRight(entry, left, right);
    }
    return node(entry, left, right);
  }

  private static <V> Node<V> rotateLeft(Node<V> entry, @Nullable Node<V> left, Node<V> right) {
    Node<V> inner = right.left;
    if (inner == null || height(inner) <= height(right.right)) {
      return node(right, node(entry, left, inner), right.right);
    }
    return node(inner, node(entry, left, inner.left), node(right, inner.right, right.right));
  }

  private static <V> Node<V> rotateRight(Node<V> entry, Node<V> left, @Nullable Node<V> right) {
    Node<V> inner = left.right;
    if (inner == null || height(inner) <= height(left.left)) {
      return node(left, left.left, node(entry, inner, right));
    }
    return node(inner, node(left, left.left, inner.left), node(entry, inner.right, right));
  }
}
