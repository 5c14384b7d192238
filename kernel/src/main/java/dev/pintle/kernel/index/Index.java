package dev.pintle.kernel.index;

import dev.pintle.kernel.index.Change.Kind;
import dev.pintle.kernel.index.Node.Trimming;
import org.jspecify.annotations.Nullable;

/// The index as the apply thread changes it. Revisions only grow: every write is newer than all before it.
public final class Index {
  private Edit edit = new Edit();
  private Node root;

  public Index() {
    root = Leaf.empty(edit);
  }

  Index(Node root) {
    this.root = root;
  }

  /// One that begins where `image` is, and shares with it all that does not change.
  public static Index of(IndexImage image) {
    return new Index(image.root);
  }

  /// The version that a write replaced, with the one it wrote.
  ///
  /// @param previous the version that was alive before, null when the key was absent
  public record Written(@Nullable KeyVersion previous, KeyVersion current) {}

  /// A listener that hears of versions that compaction made unreadable.
  @FunctionalInterface
  public interface DroppedVersions {
    void dropped(long modified, int sub);
  }

  public Written put(byte[] key, long revision, int sub, long lease) {
    Change change = new Change(Kind.PUT, key, new KeyVersion(0, revision, sub, 0, lease), edit);
    write(change);
    return written(change);
  }

  /// Marks `key` as deleted; the caller knows that it is alive.
  public Written delete(byte[] key, long revision, int sub) {
    Change change = new Change(Kind.TOMBSTONE, key, new KeyVersion(0, revision, sub, 0, 0), edit);
    write(change);
    return written(change);
  }

  /// Adds a version read back from storage; versions come in the order of their revisions.
  public void restore(byte[] key, KeyVersion version) {
    write(new Change(Kind.RESTORE, key, version, edit));
  }

  private static Written written(Change change) {
    KeyVersion previous = change.previous;
    boolean alive = previous != null && !previous.isTombstone();
    return new Written(alive ? previous : null, change.next);
  }

  private void write(Change change) {
    root = root.editable(edit);
    Node right = root.write(change);
    if (right != null) {
      root = Branch.above(edit, root, right);
    }
  }

  /// Forgets what compaction at `revision` makes unreadable in one leaf.
  ///
  /// @param from a key of the leaf, empty for the first
  /// @return the first key of the next leaf, null after the last
  public byte @Nullable [] compactLeaf(byte[] from, long revision, DroppedVersions dropped) {
    Trimming trimming = root.trimming(from, revision);
    if (trimming.needed()) {
      root = root.editable(edit);
      root.trim(from, revision, edit, dropped);
      shrinkRoot();
    }
    return trimming.nextLeaf();
  }

  private void shrinkRoot() {
    while (root instanceof Branch branch && branch.width() <= 1) {
      root = branch.width() == 1 ? branch.child(0) : Leaf.empty(edit);
    }
  }

  /// The index as it is now, valid until the next change; for the apply thread between its own writes.
  public IndexImage current() {
    return new IndexImage(root);
  }

  /// The index as it is now, for ever.
  public IndexImage freeze() {
    edit = new Edit();
    return new IndexImage(root);
  }
}
