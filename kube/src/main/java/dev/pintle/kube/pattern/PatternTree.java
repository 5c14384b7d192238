package dev.pintle.kube.pattern;

import java.util.List;

/// A pattern without assertions, as a tree. Which of several matches is the wanted one is not told: only whether there is one.
sealed interface PatternTree {
  int WITHOUT_END = -1;

  /// One character out of a set.
  record One(CharacterRanges characters) implements PatternTree {}

  record Sequence(List<PatternTree> parts) implements PatternTree {}

  record Choice(List<PatternTree> branches) implements PatternTree {}

  /// A part that stands so many times in a row.
  ///
  /// @param most [#WITHOUT_END] for any number
  record Repeat(PatternTree part, int least, int most) implements PatternTree {}

  /// One of the alternatives of which a whole pattern consists.
  ///
  /// @param atStart whether it may only begin where the text does
  /// @param atEnd whether it may only end where the text does
  record Branch(boolean atStart, PatternTree tree, boolean atEnd) {}

  /// The characters that it has when all repetitions are written out.
  default long positions() {
    return switch (this) {
      case One _ -> 1;
      case Sequence(var parts) -> parts.stream().mapToLong(PatternTree::positions).sum();
      case Choice(var branches) -> branches.stream().mapToLong(PatternTree::positions).sum();
      case Repeat(var part, int least, int most) ->
          part.positions() * Math.max(1, Math.max(least, most));
    };
  }
}
