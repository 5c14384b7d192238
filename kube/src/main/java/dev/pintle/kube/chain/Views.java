package dev.pintle.kube.chain;

import dev.pintle.kube.store.ObjectView;

/// Gives the store as it is now.
@FunctionalInterface
public interface Views {
  /// @param mayWait whether the calling thread may read the disk
  ObjectView view(boolean mayWait);
}
