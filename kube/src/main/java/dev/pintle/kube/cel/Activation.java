package dev.pintle.kube.cel;

import org.jspecify.annotations.Nullable;

/// One run of a [Interpretable]: the values of its variables, and what the run has cost so far. It ends with a
/// [CelException#costLimit] when it costs too much, before the work that would is done.
final class Activation {
  /// In upstream's units, about a tenth of a second.
  static final long COST_MAX = 1_000_000;

  // What one run may allocate altogether. Upstream has no such bound, but what its costs allow
  // stays far below.
  private static final long ALLOCATED_BYTES_MAX = 32L << 20;
  // How many parts of values may be looked at by comparisons, whose costs tell only the outermost
  // size.
  private static final long COMPARED_MAX = 50_000_000;

  // How many steps patterns may take, whose costs tell the length of the pattern and not of its
  // program: `a{1000}` is short.
  private static final long SEARCHED_MAX = 50_000_000;

  private final @Nullable Value[] variables;
  private long cost;
  private long allocated;
  private long compared;
  private long searched;

  Activation(@Nullable Value[] variables) {
    this.variables = variables;
  }

  Value variable(int slot, String name) {
    Value value = variables[slot];
    if (value == null) {
      throw new CelException("no such attribute(s): " + name);
    }
    return value;
  }

  void set(int slot, Value value) {
    variables[slot] = value;
  }

  long cost() {
    return cost;
  }

  /// Pays for a step.
  void charge(long units) {
    cost += units;
    if (cost > COST_MAX || units < 0 || cost < 0) {
      throw CelException.costLimit();
    }
  }

  /// Gives back what a step paid that turned out to be free.
  void refund(long units) {
    cost -= units;
  }

  /// Asks for memory before it is taken.
  void allocate(long bytes) {
    allocated += bytes;
    if (allocated > ALLOCATED_BYTES_MAX || bytes < 0) {
      throw CelException.costLimit();
    }
  }

  void compare(long parts) {
    compared += parts;
    if (compared > COMPARED_MAX) {
      throw CelException.costLimit();
    }
  }

  /// Asks for the steps of a pattern before they are done.
  void search(long steps) {
    searched += steps;
    if (searched > SEARCHED_MAX || steps < 0) {
      throw CelException.costLimit();
    }
  }
}
