package dev.pintle.compat.openapi;

import java.util.Locale;

/// A reason why a description may differ. Whatever else differs has none.
enum Reason {
  /// The libraries that descriptions come from are of another release, or do not have the text.
  TEXT_OF_ANOTHER_RELEASE,

  /// No library says what the values of a field mean: only the values are named.
  MEANING_OF_VALUES;

  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
