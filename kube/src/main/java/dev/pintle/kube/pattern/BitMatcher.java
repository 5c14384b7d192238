package dev.pintle.kube.pattern;

import dev.pintle.kube.pattern.PatternTree.Branch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A matcher that keeps the places of a pattern at which a text may be in one set of bits. Each character of a text takes one
/// step: those that may follow, of which those stay that the character fits. So no text is dear that is not long, and what a
/// character costs is known beforehand.
final class BitMatcher {
  static final int POSITIONS_MAX = 1_024;

  private static final int ASCII = 128;

  private final PositionSets sets;
  private final int words;
  private final int[] ofAscii = new int[ASCII];

  private BitMatcher(PositionSets sets) {
    this.sets = sets;
    this.words = sets.words();
    for (int c = 0; c < ASCII; c++) {
      ofAscii[c] = sets.maskOf(c);
    }
  }

  /// Null for what is too large, or has something in it that is not known here.
  static @Nullable BitMatcher of(String matcherText) {
    List<Branch> branches = PatternTreeReader.read(matcherText);
    if (branches == null) {
      return null;
    }
    long positions = branches.stream().mapToLong(branch -> branch.tree().positions()).sum();
    PositionSets sets =
        positions > POSITIONS_MAX ? null : PositionSets.of(branches, (int) positions);
    return sets == null ? null : new BitMatcher(sets);
  }

  /// Words that may be looked at for each character of a text, about.
  int stepsEach() {
    return Math.max(1, sets.positions() * (words + 1) / 2);
  }

  /// What it takes of memory, in words.
  int size() {
    return sets.size();
  }

  boolean isIn(String text) {
    if (sets.isAlways() || (text.isEmpty() && sets.isEmptyText())) {
      return true;
    }
    return words == 1 ? inOneWord(text) : inWords(text);
  }

  private int mask(int character) {
    return character < ASCII ? ofAscii[character] : sets.maskOf(character);
  }

  private boolean inOneWord(String text) {
    long[] follow = sets.follow();
    long[] masks = sets.masks();
    long restart = sets.floatingFirst()[0];
    long stop = sets.floatingLast()[0];
    long begin = sets.startFirst()[0] | restart;
    long state = 0;
    int character;
    for (int at = 0; at < text.length(); at += Character.charCount(character)) {
      character = text.codePointAt(at);
      long next = begin;
      for (long left = state; left != 0; left &= left - 1) {
        next |= follow[Long.numberOfTrailingZeros(left)];
      }
      state = next & masks[mask(character)];
      if ((state & stop) != 0) {
        return true;
      }
      if (state == 0 && restart == 0) {
        return false;
      }
      begin = restart;
    }
    return (state & sets.endLast()[0]) != 0;
  }

  private boolean inWords(String text) {
    long[] state = new long[words];
    long[] next = new long[words];
    long[] restart = sets.floatingFirst();
    boolean floats = PositionSets.isAny(restart, restart);
    int character;
    for (int at = 0; at < text.length(); at += Character.charCount(character)) {
      character = text.codePointAt(at);
      System.arraycopy(restart, 0, next, 0, words);
      if (at == 0) {
        PositionSets.add(next, 0, sets.startFirst(), 0, words);
      }
      step(state, next);
      boolean alive = keep(next, sets.masks(), mask(character));
      long[] spare = state;
      state = next;
      next = spare;
      if (PositionSets.isAny(state, sets.floatingLast())) {
        return true;
      }
      if (!alive && !floats) {
        return false;
      }
    }
    return PositionSets.isAny(state, sets.endLast());
  }

  private void step(long[] state, long[] next) {
    long[] follow = sets.follow();
    for (int word = 0; word < words; word++) {
      for (long left = state[word]; left != 0; left &= left - 1) {
        int position = word * Long.SIZE + Long.numberOfTrailingZeros(left);
        PositionSets.add(next, 0, follow, position * words, words);
      }
    }
  }

  private boolean keep(long[] next, long[] masks, int from) {
    long any = 0;
    for (int word = 0; word < words; word++) {
      next[word] &= masks[from + word];
      any |= next[word];
    }
    return any != 0;
  }
}
