package dev.pintle.kernel.index;

import dev.pintle.kernel.codec.ByteReader;
import dev.pintle.kernel.codec.ByteWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The versions of one key before its newest one, oldest first: a run of (main, sub) pairs that grows at its end.
///
/// An appended history shares its arrays with the one it grew from, which never looks beyond its own length. This is sound
/// because histories grow on one thread and in one line: nobody appends twice to the same history.
///
/// Create revisions and versions are not stored per version but per *generation*, the life of a key between a create and a
/// delete: of an ended generation we keep the numbers of its last put, of the living one the leaf knows them; the rest is
/// counting.
final class KeyHistory {
  /// Marks a tombstone in the second half of a pair.
  static final long TOMBSTONE = 1L << 32;

  private static final int PAIRS_INITIAL = 2;

  private final long[] pairs;
  private final int length;
  private final long[] ended;
  private final int endedLength;

  private KeyHistory(long[] pairs, int length, long[] ended, int endedLength) {
    this.pairs = pairs;
    this.length = length;
    this.ended = ended;
    this.endedLength = endedLength;
  }

  /// The history `before` with `version` at its end, which is the newest version no more.
  ///
  /// @param tombstone true when a delete replaced `version`, which so ended a generation
  static KeyHistory append(@Nullable KeyHistory before, KeyVersion version, boolean tombstone) {
    int length = before == null ? 0 : before.length;
    long[] pairs =
        before == null ? new long[2 * PAIRS_INITIAL] : roomForPair(before.pairs, before.length);
    pairs[2 * length] = version.modified();
    pairs[2 * length + 1] = version.sub() | (version.isTombstone() ? TOMBSTONE : 0);
    long[] ended = before == null ? NONE : before.ended;
    int endedLength = before == null ? 0 : before.endedLength;
    if (tombstone) {
      ended = roomForPair(ended, endedLength);
      ended[2 * endedLength] = version.created();
      ended[2 * endedLength + 1] = version.version();
      endedLength++;
    }
    return new KeyHistory(pairs, length + 1, ended, endedLength);
  }

  private static final long[] NONE = new long[0];

  private static long[] roomForPair(long[] pairs, int length) {
    return pairs.length > 2 * length
        ? pairs
        : Arrays.copyOf(pairs, 2 * (length + 1 + (length >> 1)));
  }

  /// The version alive at `revision`, which is older than `current`, the newest one; null when the key was absent.
  @Nullable KeyVersion at(long revision, KeyVersion current) {
    int place = lastUpTo(revision);
    if (place < 0 || isTombstone(place)) {
      return null;
    }
    int next = place + 1;
    while (next < length && !isTombstone(next)) {
      next++;
    }
    if (next == length && !current.isTombstone()) {
      return version(place, current.created(), current.version() - (length - place));
    }
    int generation = endedLength - tombstonesFrom(next, current);
    return version(place, ended[2 * generation], ended[2 * generation + 1] - (next - 1 - place));
  }

  private KeyVersion version(int place, long created, long version) {
    return new KeyVersion(created, main(place), (int) pairs[2 * place + 1], version, 0);
  }

  private int tombstonesFrom(int place, KeyVersion current) {
    int count = current.isTombstone() ? 1 : 0;
    for (int i = place; i < length; i++) {
      count += isTombstone(i) ? 1 : 0;
    }
    return count;
  }

  /// The last place whose main revision is at most `revision`, -1 when all are newer.
  private int lastUpTo(long revision) {
    int low = 0;
    int high = length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (main(middle) <= revision) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  /// Whether compaction at `revision` drops any of these.
  boolean isTrimmedBy(long revision, KeyVersion current) {
    return droppedBy(revision, current) > 0;
  }

  /// A version is dropped when it is older than `revision` and either deleted the key or was replaced up to `revision`. As
  /// revisions only grow, what is dropped lies at the front.
  private int droppedBy(long revision, KeyVersion current) {
    int place = 0;
    while (place < length && main(place) < revision) {
      long next = place + 1 < length ? main(place + 1) : current.modified();
      if (!isTombstone(place) && next > revision) {
        break;
      }
      place++;
    }
    return place;
  }

  /// What compaction at `revision` leaves of this, null for nothing.
  @Nullable KeyHistory trim(long revision, KeyVersion current, Index.DroppedVersions dropped) {
    int from = droppedBy(revision, current);
    if (from == 0) {
      return this;
    }
    for (int i = 0; i < from; i++) {
      dropped.dropped(main(i), (int) pairs[2 * i + 1]);
    }
    if (from == length) {
      return null;
    }
    int endedKept = Math.min(endedLength, tombstonesFrom(from, current));
    return new KeyHistory(
        Arrays.copyOfRange(pairs, 2 * from, 2 * length),
        length - from,
        Arrays.copyOfRange(ended, 2 * (endedLength - endedKept), 2 * endedLength),
        endedKept);
  }

  int length() {
    return length;
  }

  long main(int place) {
    return pairs[2 * place];
  }

  boolean isTombstone(int place) {
    return (pairs[2 * place + 1] & TOMBSTONE) != 0;
  }

  void write(ByteWriter out) {
    out.writeVarint(length);
    long before = 0;
    for (int i = 0; i < length; i++) {
      out.writeVarint(main(i) - before);
      out.writeVarint(pairs[2 * i + 1]);
      before = main(i);
    }
    out.writeVarint(endedLength);
    for (int i = 0; i < 2 * endedLength; i++) {
      out.writeVarint(ended[i]);
    }
  }

  static KeyHistory read(ByteReader in) {
    int length = in.readLength();
    long[] pairs = new long[2 * length];
    long before = 0;
    for (int i = 0; i < length; i++) {
      before += in.readVarint();
      pairs[2 * i] = before;
      pairs[2 * i + 1] = in.readVarint();
    }
    int endedLength = in.readLength();
    long[] ended = new long[2 * endedLength];
    for (int i = 0; i < ended.length; i++) {
      ended[i] = in.readVarint();
    }
    return new KeyHistory(pairs, length, ended, endedLength);
  }
}
