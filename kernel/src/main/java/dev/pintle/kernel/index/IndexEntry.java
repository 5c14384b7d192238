package dev.pintle.kernel.index;

import org.jspecify.annotations.Nullable;

/// A key with its newest version and, where there is one, its history.
final class IndexEntry {
  private final byte[] key;
  private final KeyVersion newest;
  private final @Nullable History history;

  IndexEntry(byte[] key, KeyVersion newest, @Nullable History history) {
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

  @Nullable History history() {
    return history;
  }
}
