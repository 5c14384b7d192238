package dev.pintle.kube.cel;

import org.jspecify.annotations.Nullable;

/// The estimated cost of a call beside its arguments.
///
/// @param resultSize how large what it makes is, null when that cannot be told
record CallEstimate(SizeEstimate cost, @Nullable SizeEstimate resultSize) {
  static final CallEstimate NOMINAL = new CallEstimate(SizeEstimate.ONE, null);

  static CallEstimate of(SizeEstimate cost) {
    return new CallEstimate(cost, null);
  }
}
