package dev.pintle.kube.cel;

/// The values that there is one of.
final class Constants {
  static final Value.Bool TRUE = new Value.Bool(true);
  static final Value.Bool FALSE = new Value.Bool(false);
  static final Value.NullValue NULL = new Value.NullValue();

  private Constants() {}
}
