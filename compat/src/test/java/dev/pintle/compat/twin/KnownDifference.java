package dev.pintle.compat.twin;

import java.util.ArrayList;
import java.util.List;

/// A difference between the servers that is intended.
///
/// @param facts what of the answer differs: paths, names of headers, `status`, `body`, `warning` (one of ours, that something
///     has no effect) or `their-warning`, each with a `?` where it differs by chance; empty when it is another answer altogether
/// @param reason why, for a reader to check
public record KnownDifference(List<String> facts, String reason) {

  /// A warning of ours, of something that has no effect here.
  private static final String WARNING = "warning";

  /// A warning that only the real server sends.
  private static final String THEIR_WARNING = "their-warning";

  /// Stands behind a fact that differs by chance, and may be alike.
  private static final String MAYBE = "?";

  /// Reads what stands behind the tilde: `reason`, or `fact,fact reason` where facts begin at once.
  static KnownDifference parse(String line) {
    int space = line.indexOf(' ');
    if (space < 0 || line.isBlank() || line.substring(space).isBlank()) {
      throw new IllegalArgumentException("~%s (expected: ~FACTS REASON)".formatted(line));
    }
    List<String> facts = space == 0 ? List.of() : List.of(line.substring(0, space).split(","));
    return new KnownDifference(facts, line.substring(space).strip());
  }

  /// What differs and is not known, and what is known and does not differ; nothing when this tells all.
  List<String> untold(List<Difference> differences) {
    List<String> untold = new ArrayList<>();
    if (facts.isEmpty()) {
      if (differences.isEmpty()) {
        untold.add("  no difference any more (expected: its line with ~ taken away)");
      }
      return untold;
    }
    for (Difference difference : differences) {
      if (facts.stream().noneMatch(fact -> covers(fact, difference))) {
        untold.add(difference.toString());
      }
    }
    for (String fact : facts) {
      if (!fact.endsWith(MAYBE)
          && differences.stream().noneMatch(difference -> covers(fact, difference))) {
        untold.add("  %s: no difference any more (expected: its name taken away)".formatted(fact));
      }
    }
    return untold;
  }

  private static boolean covers(String told, Difference difference) {
    if (told.equals(WARNING)) {
      return difference.isOwnWarning();
    }
    if (told.equals(THEIR_WARNING)) {
      return difference.isTheirWarning();
    }
    String fact = told.endsWith(MAYBE) ? told.substring(0, told.length() - 1) : told;
    String name = difference.fact();
    return name.startsWith("header " + fact + ":")
        || (name.startsWith(fact)
            && (name.length() == fact.length() || !isPartOfName(name.charAt(fact.length()))));
  }

  private static boolean isPartOfName(char character) {
    return Character.isLetterOrDigit(character);
  }
}
