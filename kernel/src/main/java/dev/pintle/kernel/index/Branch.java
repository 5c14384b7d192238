package dev.pintle.kernel.index;

import dev.pintle.kernel.index.Index.DroppedVersions;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An inner node of the index: children with the least key and the live keys under each, so that a search, a count or a
/// rank touches one child only.
///
/// The copy that a write makes goes on with the least keys of the branch it was made from until a child comes or goes.
final class Branch extends Node {
  /// Room left for the next children when arrays are made.
  private static final int SLACK = 2;

  /// `leasts[i]` is at most every key under child i, and above every key under child i - 1; `leasts[0]` is never compared.
  private byte[][] leasts;

  private Node[] children;
  private PrefixKeySearch heads;
  private int[] lives;
  private int width;
  private int live;
  private long newest;

  /// Whether [#leasts] and [#heads] belong to another branch as well, which may be frozen.
  private boolean sharesLeasts;

  private Branch(Edit owner, byte[][] leasts, PrefixKeySearch heads, Node[] children, int[] lives) {
    super(owner);
    this.leasts = leasts;
    this.heads = heads;
    this.children = children;
    this.lives = lives;
  }

  private Branch(Edit owner, int room) {
    this(owner, new byte[room][], new PrefixKeySearch(room), new Node[room], new int[room]);
  }

  static Branch above(Edit owner, Node left, Node right) {
    return of(owner, List.of(left, right));
  }

  static Branch of(Edit owner, List<Node> children) {
    Branch branch = new Branch(owner, Math.min(WIDTH_MAX, children.size() + SLACK));
    for (Node child : children) {
      branch.leasts[branch.width] = child.firstKey();
      branch.children[branch.width] = child;
      branch.width++;
    }
    branch.recountAll();
    branch.reindex();
    return branch;
  }

  @Override
  int width() {
    return width;
  }

  @Override
  int live() {
    return live;
  }

  @Override
  long newest() {
    return newest;
  }

  @Override
  byte[] firstKey() {
    return leasts[0];
  }

  Node child(int at) {
    return children[at];
  }

  /// The child under which `key` is, or would go.
  int childOf(byte[] key) {
    int found = heads.find(leasts, 1, width, key);
    return found < 0 ? -found - 2 : found;
  }

  private void reindex() {
    heads.rebuild(leasts, 1, width);
  }

  @Override
  Leaf leafOf(byte[] key) {
    Node node = this;
    while (node instanceof Branch branch) {
      node = branch.children[branch.childOf(key)];
    }
    return (Leaf) node;
  }

  @Override
  long liveBefore(byte[] key) {
    int at = childOf(key);
    long count = 0;
    for (int i = 0; i < at; i++) {
      count += lives[i];
    }
    return count + children[at].liveBefore(key);
  }

  @Override
  long liveAt(long revision, byte @Nullable [] from, byte @Nullable [] to) {
    int first = from == null ? 0 : childOf(from);
    int last = to == null ? width - 1 : childOf(to);
    long count = 0;
    for (int i = first; i <= last; i++) {
      byte[] childFrom = i == first ? from : null;
      byte[] childTo = i == last ? to : null;
      boolean whole = childFrom == null && childTo == null;
      count +=
          whole && children[i].newest() <= revision
              ? lives[i]
              : children[i].liveAt(revision, childFrom, childTo);
    }
    return count;
  }

  @Override
  void visitNewer(
      byte @Nullable [] from,
      byte @Nullable [] to,
      long revision,
      Consumer<? super byte[]> visitor) {
    if (newest <= revision) {
      return;
    }
    int first = from == null ? 0 : childOf(from);
    int last = to == null ? width - 1 : childOf(to);
    for (int i = first; i <= last; i++) {
      children[i].visitNewer(i == first ? from : null, i == last ? to : null, revision, visitor);
    }
  }

  @Override
  Branch editable(Edit edit) {
    if (owner == edit) {
      return this;
    }
    Branch copy =
        new Branch(
            edit, leasts, heads, Arrays.copyOf(children, width), Arrays.copyOf(lives, width));
    copy.sharesLeasts = true;
    copy.width = width;
    copy.live = live;
    copy.newest = newest;
    return copy;
  }

  private Branch part(Edit edit, int from, int to) {
    int count = to - from;
    Branch part = new Branch(edit, Math.min(WIDTH_MAX, count + SLACK));
    System.arraycopy(leasts, from, part.leasts, 0, count);
    System.arraycopy(children, from, part.children, 0, count);
    System.arraycopy(lives, from, part.lives, 0, count);
    part.width = count;
    part.reindex();
    part.sum();
    return part;
  }

  private void sum() {
    live = 0;
    newest = 0;
    for (int i = 0; i < width; i++) {
      live += lives[i];
      newest = Math.max(newest, children[i].newest());
    }
  }

  private void recountAll() {
    for (int i = 0; i < width; i++) {
      recount(i);
    }
    sum();
  }

  private void recount(int at) {
    lives[at] = children[at].live();
  }

  private Node editableChild(int at, Edit edit) {
    Node child = children[at].editable(edit);
    children[at] = child;
    return child;
  }

  @Override
  @Nullable Branch write(Change change) {
    int at = childOf(change.key);
    Node right = editableChild(at, change.edit).write(change);
    recount(at);
    live += change.liveDelta();
    newest = Math.max(newest, change.next.modified());
    return right == null ? null : insert(at + 1, right);
  }

  private @Nullable Branch insert(int at, Node child) {
    if (width < WIDTH_MAX) {
      insertHere(at, child);
      return null;
    }
    int middle = at == width ? width - 1 : width / 2;
    Branch right = part(owner, middle, width);
    truncate(middle);
    if (at <= middle) {
      insertHere(at, child);
    } else {
      right.insertHere(at - middle, child);
      right.sum();
    }
    sum();
    return right;
  }

  private void insertHere(int at, Node child) {
    makeRoom();
    move(at, at + 1, width - at);
    children[at] = child;
    leasts[at] = child.firstKey();
    width++;
    recount(at);
    reindex();
  }

  /// For one child more. A branch that was just copied gets little, one that goes on growing under its edit gets more.
  private void makeRoom() {
    if (sharesLeasts) {
      grow(Math.min(WIDTH_MAX, width + SLACK));
    } else if (width == children.length) {
      grow(Math.min(WIDTH_MAX, width + Math.max(SLACK, width / 2)));
    }
  }

  private void truncate(int newWidth) {
    ownLeasts();
    Arrays.fill(children, newWidth, width, null);
    Arrays.fill(leasts, newWidth, width, null);
    width = newWidth;
    reindex();
    sum();
  }

  private void ownLeasts() {
    if (sharesLeasts) {
      grow(width);
    }
  }

  private void grow(int room) {
    leasts = Arrays.copyOf(leasts, room);
    children = Arrays.copyOf(children, room);
    heads = new PrefixKeySearch(room);
    lives = Arrays.copyOf(lives, room);
    sharesLeasts = false;
  }

  private void move(int from, int to, int count) {
    System.arraycopy(leasts, from, leasts, to, count);
    System.arraycopy(children, from, children, to, count);
    System.arraycopy(lives, from, lives, to, count);
  }

  @Override
  Trimming trimming(byte[] key, long revision) {
    int at = childOf(key);
    Trimming below = children[at].trimming(key, revision);
    if (below.nextLeaf() != null || at + 1 == width) {
      return below;
    }
    return new Trimming(below.needed(), leasts[at + 1]);
  }

  @Override
  void trim(byte[] key, long revision, Edit edit, DroppedVersions dropped) {
    int at = childOf(key);
    Node child = editableChild(at, edit);
    child.trim(key, revision, edit, dropped);
    recount(at);
    if (child.width() == 0) {
      remove(at);
    } else if (child.width() <= WIDTH_SMALL) {
      mergeAround(at, edit);
    }
    sum();
  }

  private void remove(int at) {
    ownLeasts();
    move(at + 1, at, width - at - 1);
    Arrays.fill(children, width - 1, width, null);
    Arrays.fill(leasts, width - 1, width, null);
    width--;
    reindex();
  }

  private void mergeAround(int at, Edit edit) {
    if (at + 1 < width && fits(at)) {
      merge(at, edit);
    } else if (at > 0 && fits(at - 1)) {
      merge(at - 1, edit);
    }
  }

  private boolean fits(int left) {
    return children[left].width() + children[left + 1].width() <= WIDTH_MERGED_MAX;
  }

  private void merge(int left, Edit edit) {
    Node merged = editableChild(left, edit);
    merged.absorb(children[left + 1], leasts[left + 1]);
    remove(left + 1);
    recount(left);
  }

  @Override
  void absorb(Node right, byte[] least) {
    Branch other = (Branch) right;
    int total = width + other.width;
    grow(total);
    System.arraycopy(other.leasts, 0, leasts, width, other.width);
    leasts[width] = least;
    System.arraycopy(other.children, 0, children, width, other.width);
    System.arraycopy(other.lives, 0, lives, width, other.width);
    width = total;
    reindex();
    sum();
  }
}
