package dev.pintle.kernel.index;

import dev.pintle.kernel.index.Index.DroppedVersions;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Keys with their newest versions, in parallel arrays. Histories, which most keys have not, cost nothing in a leaf where no
/// key has one.
///
/// A version is an object of its own, so that overwriting a key copies references only: the copy goes on with the keys of the
/// leaf it was made from until a key is added or forgotten.
final class Leaf extends Node {
  /// Room left for the next keys when arrays are made.
  private static final int SLACK = 4;

  private byte[][] keys;
  private PrefixKeySearch heads;
  private KeyVersion[] versions;
  private @Nullable KeyHistory @Nullable [] histories;
  private int width;
  private int live;
  private long newest;

  /// Whether [#keys] and [#heads] belong to another leaf as well, which may be frozen.
  private boolean sharesKeys;

  private Leaf(Edit owner, byte[][] keys, PrefixKeySearch heads, KeyVersion[] versions) {
    super(owner);
    this.keys = keys;
    this.heads = heads;
    this.versions = versions;
  }

  private Leaf(Edit owner, int room) {
    this(owner, new byte[room][], new PrefixKeySearch(room), new KeyVersion[room]);
  }

  static Leaf empty(Edit owner) {
    return new Leaf(owner, SLACK);
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
    return keys[0];
  }

  byte[] key(int at) {
    return keys[at];
  }

  @Override
  Leaf leafOf(byte[] key) {
    return this;
  }

  /// The place of `key`, or `-place - 1` of where it would go.
  int find(byte[] key) {
    return heads.find(keys, 0, width, key);
  }

  private boolean isTombstone(int at) {
    return versions[at].isTombstone();
  }

  private long modified(int at) {
    return versions[at].modified();
  }

  /// The newest version, a tombstone included.
  KeyVersion newestVersion(int at) {
    return versions[at];
  }

  @Nullable KeyHistory history(int at) {
    return histories == null ? null : histories[at];
  }

  /// The version alive at `revision`, or null.
  @Nullable KeyVersion versionAt(int at, long revision) {
    if (modified(at) <= revision) {
      return isTombstone(at) ? null : newestVersion(at);
    }
    KeyHistory history = history(at);
    return history == null ? null : history.at(revision, newestVersion(at));
  }

  @Override
  long liveBefore(byte[] key) {
    int found = find(key);
    int place = found < 0 ? -found - 1 : found;
    if (live == width) {
      return place;
    }
    int count = 0;
    for (int i = 0; i < place; i++) {
      count += isTombstone(i) ? 0 : 1;
    }
    return count;
  }

  @Override
  long liveAt(long revision, byte @Nullable [] from, byte @Nullable [] to) {
    int low = from == null ? 0 : lowerBound(from);
    int high = to == null ? width : lowerBound(to);
    if (newest <= revision && live == width) {
      return Math.max(0, high - low);
    }
    long count = 0;
    for (int i = low; i < high; i++) {
      count += versionAt(i, revision) == null ? 0 : 1;
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
    int high = to == null ? width : lowerBound(to);
    for (int i = from == null ? 0 : lowerBound(from); i < high; i++) {
      if (modified(i) > revision) {
        visitor.accept(keys[i]);
      }
    }
  }

  private int lowerBound(byte[] key) {
    int found = find(key);
    return found < 0 ? -found - 1 : found;
  }

  @Override
  Leaf editable(Edit edit) {
    if (owner == edit) {
      return this;
    }
    Leaf copy = new Leaf(edit, keys, heads, Arrays.copyOf(versions, width));
    copy.sharesKeys = true;
    copy.histories = histories == null ? null : Arrays.copyOf(histories, width);
    copy.width = width;
    copy.live = live;
    copy.newest = newest;
    return copy;
  }

  /// The keys `[from, to)` as a leaf that `edit` may change.
  private Leaf part(Edit edit, int from, int to) {
    int count = to - from;
    Leaf part = new Leaf(edit, Math.min(WIDTH_MAX, count + SLACK));
    System.arraycopy(keys, from, part.keys, 0, count);
    System.arraycopy(versions, from, part.versions, 0, count);
    if (histories != null && anyHistory(from, to)) {
      part.histories = new KeyHistory[part.keys.length];
      System.arraycopy(histories, from, part.histories, 0, count);
    }
    part.width = count;
    part.heads.rebuild(part.keys, 0, count);
    part.recount();
    return part;
  }

  private boolean anyHistory(int from, int to) {
    for (int i = from; i < to; i++) {
      if (history(i) != null) {
        return true;
      }
    }
    return false;
  }

  private void recount() {
    live = 0;
    newest = 0;
    for (int i = 0; i < width; i++) {
      live += isTombstone(i) ? 0 : 1;
      newest = Math.max(newest, modified(i));
    }
  }

  @Override
  @Nullable Leaf write(Change change) {
    int found = find(change.key);
    if (found >= 0) {
      replace(found, change);
      return null;
    }
    change.found(null);
    int place = -found - 1;
    if (width < WIDTH_MAX) {
      insert(place, change);
      return null;
    }
    return splitInserting(place, change);
  }

  private void replace(int at, Change change) {
    KeyVersion before = versions[at];
    change.found(before);
    if (histories == null) {
      histories = new KeyHistory[versions.length];
    }
    histories[at] = KeyHistory.append(histories[at], before, change.next.isTombstone());
    set(at, change.next);
    live += change.liveDelta();
  }

  private void set(int at, KeyVersion version) {
    versions[at] = version;
    newest = Math.max(newest, version.modified());
  }

  private void insert(int at, Change change) {
    makeRoom();
    move(at, at + 1, width - at);
    keys[at] = change.key;
    if (histories != null) {
      histories[at] = null;
    }
    width++;
    heads.inserted(keys, at, width);
    set(at, change.next);
    live += change.liveDelta();
  }

  /// For one key more. A leaf that was just copied gets little, one that goes on growing under its edit gets more.
  private void makeRoom() {
    if (sharesKeys) {
      grow(Math.min(WIDTH_MAX, width + SLACK));
    } else if (width == keys.length) {
      grow(Math.min(WIDTH_MAX, width + Math.max(SLACK, width / 2)));
    }
  }

  private void grow(int room) {
    keys = Arrays.copyOf(keys, room);
    heads = heads.copy(width, room);
    versions = Arrays.copyOf(versions, room);
    histories = histories == null ? null : Arrays.copyOf(histories, room);
    sharesKeys = false;
  }

  private void move(int from, int to, int count) {
    System.arraycopy(keys, from, keys, to, count);
    heads.move(from, to, count);
    System.arraycopy(versions, from, versions, to, count);
    if (histories != null) {
      System.arraycopy(histories, from, histories, to, count);
    }
  }

  /// Keys that arrive in order fill their leaves: a key beyond the last one starts a leaf of its own.
  private Leaf splitInserting(int place, Change change) {
    if (place == width) {
      Leaf right = empty(owner);
      right.insert(0, change);
      return right;
    }
    int middle = width / 2;
    Leaf right = part(owner, middle, width);
    truncate(middle);
    if (place <= middle) {
      insert(place, change);
    } else {
      right.insert(place - middle, change);
    }
    return right;
  }

  private void truncate(int newWidth) {
    Leaf kept = part(owner, 0, newWidth);
    keys = kept.keys;
    heads = kept.heads;
    versions = kept.versions;
    histories = kept.histories;
    width = newWidth;
    live = kept.live;
    newest = kept.newest;
    sharesKeys = false;
  }

  @Override
  Trimming trimming(byte[] key, long revision) {
    boolean needed = false;
    for (int i = 0; i < width && !needed; i++) {
      KeyHistory history = history(i);
      needed =
          isDeadAt(i, revision)
              || (history != null && history.isTrimmedBy(revision, newestVersion(i)));
    }
    return new Trimming(needed, null);
  }

  private boolean isDeadAt(int at, long revision) {
    return isTombstone(at) && modified(at) < revision;
  }

  @Override
  void trim(byte[] key, long revision, Edit edit, DroppedVersions dropped) {
    grow(width);
    int kept = 0;
    for (int i = 0; i < width; i++) {
      KeyHistory history = history(i);
      KeyVersion version = newestVersion(i);
      KeyHistory rest = history == null ? null : history.trim(revision, version, dropped);
      if (isDeadAt(i, revision)) {
        dropped.dropped(version.modified(), version.sub());
      } else {
        move(i, kept, 1);
        if (histories != null) {
          histories[kept] = rest;
        }
        kept++;
      }
    }
    truncate(kept);
  }

  @Override
  void absorb(Node right, byte[] least) {
    Leaf other = (Leaf) right;
    int total = width + other.width;
    grow(total);
    System.arraycopy(other.keys, 0, keys, width, other.width);
    System.arraycopy(other.versions, 0, versions, width, other.width);
    for (int i = 0; i < other.width; i++) {
      carry(width + i, other.history(i));
    }
    width = total;
    heads.rebuild(keys, 0, width);
    recount();
  }

  private void carry(int at, @Nullable KeyHistory history) {
    if (history != null && histories == null) {
      histories = new KeyHistory[versions.length];
    }
    if (histories != null) {
      histories[at] = history;
    }
  }

  /// A leaf of exactly `entries`, for building a tree at once.
  static Leaf of(Edit owner, IndexEntry[] entries, int count) {
    Leaf leaf = new Leaf(owner, Math.min(WIDTH_MAX, count + 1));
    for (int i = 0; i < count; i++) {
      IndexEntry entry = entries[i];
      leaf.keys[i] = entry.key();
      leaf.carry(i, entry.history());
      leaf.set(i, entry.newest());
    }
    leaf.width = count;
    leaf.heads.rebuild(leaf.keys, 0, count);
    leaf.recount();
    return leaf;
  }
}
