package dev.pintle.kube.warning;

import java.util.function.Consumer;

/// A taker of warnings that has enough at some time: more than a few dozen never reach anybody, and there may be as many as there
/// are pairs of things in an object.
final class BoundedWarnings implements Consumer<String> {
  private static final int MAX = 256;

  private final Consumer<String> warnings;
  private int taken;

  BoundedWarnings(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  /// Whether nothing more is taken.
  boolean isFull() {
    return taken >= MAX;
  }

  @Override
  public void accept(String text) {
    if (!isFull()) {
      taken++;
      warnings.accept(text);
    }
  }
}
