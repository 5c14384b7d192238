package dev.pintle.kube.cel;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One run of a [Interpretable]: the values of its variables, and what the run has cost so far. It ends with a
/// [CelException#costLimit] when it costs too much, before the work that would is done.
final class Activation {
  private final Effort effort;
  private final @Nullable Value[] variables;
  private final @Nullable CelException[] misfits;
  private long cost;
  private long allocated;
  private long compared;
  private long searched;

  Activation(@Nullable Value[] variables, Effort effort) {
    this.effort = effort;
    this.variables = variables;
    this.misfits = new CelException[variables.length];
  }

  Value variable(int slot, String name) {
    Value value = variables[slot];
    if (value == null) {
      CelException misfit = misfits[slot];
      if (misfit != null) {
        throw misfit;
      }
      throw new CelException("no such attribute(s): " + name);
    }
    return value;
  }

  /// Gives a variable the value that is made, or has it complain of that when it is looked at, and not before.
  void set(int slot, Supplier<? extends @Nullable Value> made) {
    try {
      variables[slot] = made.get();
    } catch (CelException misfit) {
      variables[slot] = null;
      misfits[slot] = misfit;
    }
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
    if (cost > effort.costMax() || units < 0 || cost < 0) {
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
    if (allocated > effort.allocatedBytesMax() || bytes < 0) {
      throw CelException.costLimit();
    }
  }

  void compare(long parts) {
    compared += parts;
    if (compared > effort.comparedMax()) {
      throw CelException.costLimit();
    }
  }

  /// Asks for the steps of a pattern before they are done.
  void search(long steps) {
    searched += steps;
    if (searched > effort.searchedMax() || steps < 0) {
      throw CelException.costLimit();
    }
  }
}
