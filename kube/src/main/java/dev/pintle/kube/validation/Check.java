package dev.pintle.kube.validation;

/// One word of a line in the table.
@FunctionalInterface
interface Check {

  /// Reports what is wrong with the value at `spot`.
  ///
  /// @return whether the rest of the line still has a meaning
  boolean passes(ValidatedField spot);
}
