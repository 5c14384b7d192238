package dev.pintle.kube.cel;

import org.jspecify.annotations.Nullable;

/// What a call costs beside its arguments.
///
/// @param resultSize how large what it makes is, null when that cannot be told
record CallEstimate(Extent cost, @Nullable Extent resultSize) {
  static final CallEstimate NOMINAL = new CallEstimate(Extent.ONE, null);

  static CallEstimate of(Extent cost) {
    return new CallEstimate(cost, null);
  }
}
