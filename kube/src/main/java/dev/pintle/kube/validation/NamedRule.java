package dev.pintle.kube.validation;

/// A rule that one line of the table cannot say.
@FunctionalInterface
interface NamedRule {
  void check(ValidatedObject place);
}
