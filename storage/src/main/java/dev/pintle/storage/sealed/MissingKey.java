package dev.pintle.storage.sealed;

import java.io.IOException;
import java.nio.file.Path;

/// The refusal of a folder whose contents need a key that is not at hand.
public final class MissingKey extends IOException {
  MissingKey(Path folder, String key, Path file) {
    super(
        "%s: is encrypted with the key %s, which %s does not hold (expected: that key, in any line); nothing was changed"
            .formatted(folder, key, file));
  }
}
