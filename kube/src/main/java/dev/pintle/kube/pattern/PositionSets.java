package dev.pintle.kube.pattern;

import dev.pintle.kube.pattern.PatternTree.Branch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The places of a pattern, one for each character in it (Glushkov's construction): which follow which, which begin and end
/// a match, and which a character fits.
final class PositionSets {
  /// Words that tell what characters fit.
  private static final int MASK_WORDS_MAX = 1 << 16;

  private final int words;
  private final long[] follow;
  private final List<CharacterRanges> fitting = new ArrayList<>();
  private final long[] startFirst;
  private final long[] floatingFirst;
  private final long[] endLast;
  private final long[] floatingLast;
  private boolean always;
  private boolean emptyText;

  // The first characters of intervals whose characters fit the same places, and those places.
  private int[] intervals = {};
  private long[] masks = {};

  /// A part of a pattern.
  private static final class Fragment {
    private final long[] first;
    private final long[] last;
    private final boolean nullable;

    Fragment(long[] first, long[] last, boolean nullable) {
      this.first = first;
      this.last = last;
      this.nullable = nullable;
    }

    /// Places where a match of it begins.
    long[] first() {
      return first;
    }

    long[] last() {
      return last;
    }

    /// Whether it fits nothing at all.
    boolean nullable() {
      return nullable;
    }
  }

  private PositionSets(int positions) {
    this.words = Math.max(1, (positions + Long.SIZE - 1) / Long.SIZE);
    this.follow = new long[positions * words];
    this.startFirst = new long[words];
    this.floatingFirst = new long[words];
    this.endLast = new long[words];
    this.floatingLast = new long[words];
  }

  /// Null when the characters are too many kinds.
  static @Nullable PositionSets of(List<Branch> branches, int positions) {
    PositionSets sets = new PositionSets(positions);
    for (Branch branch : branches) {
      Fragment whole = sets.fragment(branch.tree());
      add(branch.atStart() ? sets.startFirst : sets.floatingFirst, whole.first());
      add(branch.atEnd() ? sets.endLast : sets.floatingLast, whole.last());
      if (whole.nullable()) {
        sets.emptyText = true;
        sets.always |= !branch.atStart() || !branch.atEnd();
      }
    }
    return sets.hasMasks() ? sets : null;
  }

  int words() {
    return words;
  }

  int positions() {
    return fitting.size();
  }

  int size() {
    return follow.length + masks.length + intervals.length;
  }

  long[] follow() {
    return follow;
  }

  long[] masks() {
    return masks;
  }

  /// Places where a match begins that must begin with the text.
  long[] startFirst() {
    return startFirst;
  }

  /// Places where a match begins that may begin anywhere.
  long[] floatingFirst() {
    return floatingFirst;
  }

  /// Places where a match ends that must end with the text.
  long[] endLast() {
    return endLast;
  }

  long[] floatingLast() {
    return floatingLast;
  }

  /// Whether every text has an empty match.
  boolean isAlways() {
    return always;
  }

  /// Whether the empty text is one.
  boolean isEmptyText() {
    return emptyText;
  }

  static void add(long[] to, long[] more) {
    add(to, 0, more, 0, more.length);
  }

  static void add(long[] to, int at, long[] more, int from, int words) {
    for (int word = 0; word < words; word++) {
      to[at + word] |= more[from + word];
    }
  }

  static boolean isAny(long[] one, long[] other) {
    long common = 0;
    for (int word = 0; word < one.length; word++) {
      common |= one[word] & other[word];
    }
    return common != 0;
  }

  /// Where the places begin, among all masks, that a character fits.
  int maskOf(int character) {
    int found = Arrays.binarySearch(intervals, character);
    return (found >= 0 ? found : -2 - found) * words;
  }

  private Fragment fragment(PatternTree tree) {
    return switch (tree) {
      case PatternTree.One(var characters) -> one(characters);
      case PatternTree.Sequence(var parts) -> {
        Fragment whole = nothing();
        for (PatternTree part : parts) {
          whole = joined(whole, fragment(part));
        }
        yield whole;
      }
      case PatternTree.Choice(var branches) -> {
        Fragment any = fragment(branches.getFirst());
        for (PatternTree branch : branches.subList(1, branches.size())) {
          any = either(any, fragment(branch));
        }
        yield any;
      }
      case PatternTree.Repeat(var part, int least, int most) -> repeated(part, least, most);
    };
  }

  private Fragment nothing() {
    return new Fragment(new long[words], new long[words], true);
  }

  private Fragment one(CharacterRanges characters) {
    int position = fitting.size();
    fitting.add(characters);
    long[] itself = new long[words];
    itself[position / Long.SIZE] = 1L << position;
    return new Fragment(itself, itself.clone(), false);
  }

  /// Both become the one that is answered.
  private Fragment joined(Fragment before, Fragment after) {
    connect(before.last(), after.first());
    if (before.nullable()) {
      add(before.first(), after.first());
    }
    if (after.nullable()) {
      add(after.last(), before.last());
    }
    return new Fragment(before.first(), after.last(), before.nullable() && after.nullable());
  }

  private static Fragment either(Fragment one, Fragment other) {
    add(one.first(), other.first());
    add(one.last(), other.last());
    return new Fragment(one.first(), one.last(), one.nullable() || other.nullable());
  }

  private Fragment repeated(PatternTree part, int least, int most) {
    Fragment whole = nothing();
    boolean endless = most == PatternTree.WITHOUT_END;
    int copies = endless ? Math.max(1, least) : most;
    for (int i = 0; i < copies; i++) {
      Fragment copy = fragment(part);
      if (endless && i == copies - 1) {
        connect(copy.last(), copy.first());
      }
      whole = joined(whole, i < least ? copy : new Fragment(copy.first(), copy.last(), true));
    }
    return whole;
  }

  private void connect(long[] from, long[] to) {
    for (int word = 0; word < words; word++) {
      for (long left = from[word]; left != 0; left &= left - 1) {
        int position = word * Long.SIZE + Long.numberOfTrailingZeros(left);
        add(follow, position * words, to, 0, words);
      }
    }
  }

  private boolean hasMasks() {
    TreeSet<Integer> starts = new TreeSet<>();
    starts.add(0);
    for (CharacterRanges set : fitting) {
      for (int i = 0; i < set.size(); i++) {
        starts.add(set.first(i));
        starts.add(set.last(i) + 1);
      }
      if (starts.size() * words > MASK_WORDS_MAX) {
        return false;
      }
    }
    intervals = starts.stream().mapToInt(Integer::intValue).toArray();
    masks = new long[intervals.length * words];
    for (int position = 0; position < fitting.size(); position++) {
      CharacterRanges set = fitting.get(position);
      for (int i = 0; i < set.size(); i++) {
        fit(position, set.first(i), set.last(i));
      }
    }
    return true;
  }

  private void fit(int position, int first, int last) {
    long bit = 1L << position;
    for (int at = maskOf(first); at < masks.length && intervals[at / words] <= last; at += words) {
      masks[at + position / Long.SIZE] |= bit;
    }
  }
}
