package dev.pintle.kernel.lease;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A sorted map that never changes: putting and removing answer a new map that shares all but one path with the old one. A
/// weight-balanced tree with the parameters (3, 2) of Hirai and Yamamoto, "Balancing weight-balanced trees", 2011.
public final class PersistentMap<K extends Comparable<K>, V> {
  private static final int WEIGHT_RATIO = 3;
  private static final int ROTATION_RATIO = 2;

  private static final PersistentMap<?, ?> EMPTY = new PersistentMap<String, Object>(null);

  private final @Nullable Node<K, V> root;

  private PersistentMap(@Nullable Node<K, V> root) {
    this.root = root;
  }

  /// The same for all: a million leases without keys have one between them.
  @SuppressWarnings("unchecked")
  public static <K extends Comparable<K>, V> PersistentMap<K, V> empty() {
    return (PersistentMap<K, V>) EMPTY;
  }

  private record Node<K, V>(
      K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right, int size) {}

  public int size() {
    return size(root);
  }

  public @Nullable V get(K key) {
    Node<K, V> node = root;
    while (node != null) {
      int order = key.compareTo(node.key);
      if (order == 0) {
        return node.value;
      }
      node = order < 0 ? node.left : node.right;
    }
    return null;
  }

  public PersistentMap<K, V> put(K key, V value) {
    return new PersistentMap<>(put(root, key, value));
  }

  public PersistentMap<K, V> remove(K key) {
    return get(key) == null ? this : new PersistentMap<>(remove(root, key));
  }

  public void forEach(BiConsumer<? super K, ? super V> visitor) {
    visit(root, visitor);
  }

  private static <K, V> void visit(
      @Nullable Node<K, V> node, BiConsumer<? super K, ? super V> visitor) {
    if (node != null) {
      visit(node.left, visitor);
      visitor.accept(node.key, node.value);
      visit(node.right, visitor);
    }
  }

  private static int size(@Nullable Node<?, ?> node) {
    return node == null ? 0 : node.size;
  }

  private static <K, V> Node<K, V> node(
      Node<K, V> entry, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
    return new Node<>(entry.key, entry.value, left, right, size(left) + size(right) + 1);
  }

  private static <K extends Comparable<K>, V> Node<K, V> put(
      @Nullable Node<K, V> node, K key, V value) {
    if (node == null) {
      return new Node<>(key, value, null, null, 1);
    }
    int order = key.compareTo(node.key);
    if (order == 0) {
      return new Node<>(key, value, node.left, node.right, node.size);
    }
    return order < 0
        ? balance(node, put(node.left, key, value), node.right)
        : balance(node, node.left, put(node.right, key, value));
  }

  private static <K extends Comparable<K>, V> @Nullable Node<K, V> remove(
      @Nullable Node<K, V> node, K key) {
    if (node == null) {
      return null;
    }
    int order = key.compareTo(node.key);
    if (order < 0) {
      return balance(node, remove(node.left, key), node.right);
    }
    if (order > 0) {
      return balance(node, node.left, remove(node.right, key));
    }
    return node.right == null ? node.left : joined(node.left, node.right);
  }

  private static <K, V> Node<K, V> joined(@Nullable Node<K, V> left, Node<K, V> right) {
    Node<K, V> least = right;
    while (least.left != null) {
      least = least.left;
    }
    return balance(least, left, withoutLeast(right));
  }

  private static <K, V> @Nullable Node<K, V> withoutLeast(Node<K, V> node) {
    return node.left == null ? node.right : balance(node, withoutLeast(node.left), node.right);
  }

  private static <K, V> Node<K, V> balance(
      Node<K, V> entry, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
    if (right != null && isHeavier(right, left)) {
      return rotateLeft(entry, left, right);
    }
    if (left != null && isHeavier(left, right)) {
      return rotateRight(entry, left, right);
    }
    return node(entry, left, right);
  }

  private static boolean isHeavier(@Nullable Node<?, ?> one, @Nullable Node<?, ?> other) {
    return size(one) + 1 > WEIGHT_RATIO * (size(other) + 1);
  }

  private static <K, V> Node<K, V> rotateLeft(
      Node<K, V> entry, @Nullable Node<K, V> left, Node<K, V> right) {
    Node<K, V> inner = right.left;
    if (inner == null || size(inner) + 1 < ROTATION_RATIO * (size(right.right) + 1)) {
      return node(right, node(entry, left, inner), right.right);
    }
    return node(inner, node(entry, left, inner.left), node(right, inner.right, right.right));
  }

  private static <K, V> Node<K, V> rotateRight(
      Node<K, V> entry, Node<K, V> left, @Nullable Node<K, V> right) {
    Node<K, V> inner = left.right;
    if (inner == null || size(inner) + 1 < ROTATION_RATIO * (size(left.left) + 1)) {
      return node(left, left.left, node(entry, inner, right));
    }
    return node(inner, node(left, left.left, inner.left), node(entry, inner.right, right));
  }
}
