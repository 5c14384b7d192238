package dev.pintle.kube.pattern;

import dev.pintle.kube.pattern.GoPattern.Malformed;
import java.util.ArrayDeque;
import java.util.Deque;

/// The depth and the size of an expression so far, which Go limits and a matcher must.
///
/// Go's limit of size is 3.4 million instructions; this one is what a server should keep for a pattern.
final class PatternShape {
  static final long SIZE_MAX = 100_000;
  private static final int HEIGHT_MAX = 1_000;

  /// The matcher copies all that is left of an expression, about so often, to see what begins at a bracket, at a backslash or at
  /// a part of a class.
  private static final int COPIES_OF_THE_REST = 3;

  /// Characters that the matcher may copy so; it takes tens of milliseconds.
  private static final long COPIED_MAX = 200_000_000;

  private final Deque<Group> outer = new ArrayDeque<>();
  private Group group = new Group(false);
  private long lookedAhead;

  /// A group that is being read. The last part is apart, as a repetition may follow it.
  private static final class Group {
    final boolean captures;
    int parts;
    long size;
    int height;
    long repeats = 1;
    boolean alternatives;
    boolean last;
    boolean lastLiteral;
    long lastSize;
    int lastHeight;
    long lastRepeats = 1;

    Group(boolean captures) {
      this.captures = captures;
    }

    void begin(long partSize, int partHeight, long partRepeats, boolean literal) {
      parts += literal && lastLiteral ? 0 : 1;
      settle();
      last = true;
      lastLiteral = literal;
      lastSize = partSize;
      lastHeight = partHeight;
      lastRepeats = partRepeats;
    }

    void settle() {
      size += lastSize;
      height = Math.max(height, lastHeight);
      repeats = Math.max(repeats, lastRepeats);
      last = false;
      lastLiteral = false;
      lastSize = 0;
      lastHeight = 0;
      lastRepeats = 1;
    }

    int wholeHeight() {
      int branches = Math.max(height, 1) + (parts > 1 ? 1 : 0);
      return branches + (alternatives ? 1 : 0) + (captures ? 1 : 0);
    }
  }

  void one() {
    group.begin(1, 1, 1, false);
  }

  void literal() {
    group.begin(1, 1, 1, true);
  }

  void alternative() {
    group.settle();
    group.alternatives = true;
    group.size++;
  }

  /// Counts what costs more than one instruction does.
  void add(long size) {
    group.size += size;
  }

  /// Counts where the matcher looks ahead, which takes time in all that is left.
  void looksAhead(int times) {
    lookedAhead += times;
  }

  boolean isOpen() {
    return !outer.isEmpty();
  }

  void open(boolean captures) {
    outer.push(group);
    group = new Group(captures);
  }

  void close() {
    Group closed = group;
    closed.settle();
    group = outer.pop();
    group.begin(
        closed.size + (closed.captures ? 2 : 0), closed.wholeHeight(), closed.repeats, false);
  }

  /// Whether there is something for a repetition to repeat.
  boolean isRepeatable() {
    return group.last;
  }

  void repeat(long sizeMore) {
    group.lastLiteral = false;
    group.lastHeight++;
    group.lastSize += sizeMore;
  }

  /// Answers whether that many repetitions, with those inside, are allowed.
  boolean repeat(RepeatCount count) {
    int copies = count.copies();
    group.lastLiteral = false;
    group.lastHeight++;
    group.lastSize = Math.max(group.lastSize, 1) * Math.max(copies, 1) + 2L + Math.max(copies, 0);
    group.lastRepeats = copies == 0 ? 1 : group.lastRepeats * copies;
    return (count.least() < 2 && count.most() < 2) || group.lastRepeats <= GoPattern.REPEATS_MAX;
  }

  void end() {
    group.settle();
  }

  long size() {
    return group.size + group.lastSize;
  }

  /// @param written characters of the expression so far, as the matcher reads it
  void requireAllowed(String text, int written) {
    // On the average, half of it is left.
    long copied = lookedAhead * COPIES_OF_THE_REST * written / 2;
    if (size() > SIZE_MAX || copied > COPIED_MAX) {
      throw new Malformed("expression too large", text);
    }
    if (outer.size() > HEIGHT_MAX || group.wholeHeight() + outer.size() > HEIGHT_MAX) {
      throw new Malformed("expression nests too deeply", text);
    }
  }
}
