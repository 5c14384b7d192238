package dev.pintle.kube.rule;

import java.util.function.Function;

/// A line of a table, without the spaces around it.
///
/// @param file the name of the table
record TableLine(String file, int number, String text) {
  /// What it means.
  ///
  /// @throws IllegalArgumentException when it cannot be read; it names the line
  <R> R read(Function<String, R> meaning) {
    try {
      return meaning.apply(text);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("%s line %d: %s".formatted(file, number, text), e);
    }
  }
}
