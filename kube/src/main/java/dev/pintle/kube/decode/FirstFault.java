package dev.pintle.kube.decode;

import org.jspecify.annotations.Nullable;

/// The first of several faults after which Go reads on.
final class FirstFault {
  private @Nullable Undecodable first;

  /// @throws Undecodable the fault itself, when Go reads on after it no more
  void take(Undecodable fault) {
    if (!fault.isToldLater()) {
      throw fault;
    }
    if (first == null) {
      first = fault;
    }
  }

  Undecodable or(Undecodable found) {
    return first == null ? found : first;
  }
}
