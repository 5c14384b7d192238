package dev.pintle.kernel.index;

import org.jspecify.annotations.Nullable;

/// A key with its newest version and, where there is one, its history.
final class IndexEntry {
  private final byte[] key;
  private final KeyVersion newest;
  private final @Nullable KeyHistory history;

  IndexEntry(byte[] key, KeyVersion newest, @Nullable KeyHistory history) {
    this.key = key;
    this.newest = newest;
    this.history = history;
  }

  byte[] key() {
    return key;
  }

  KeyVersion newest() {
    return newest;
  }

  @Nullable KeyHistory history() {
    return history;
  }
}
