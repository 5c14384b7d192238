package dev.pintle.etcd.snapshot;

import java.io.IOException;

/// A file from which no store can be made; the message says why, in the words for whoever brought it.
public final class UnreadableSnapshot extends IOException {
  UnreadableSnapshot(String message) {
    super(message);
  }

  UnreadableSnapshot(String message, Throwable cause) {
    super(message, cause);
  }
}
