package dev.pintle.member.local;

import java.io.IOException;
import java.nio.file.Path;

/// The refusal of a folder in which another process, or another member of this one, works.
public final class FolderInUse extends IOException {
  /// @param holder the process id that the lock file names, empty when it names none
  FolderInUse(Path folder, String holder) {
    super(
        "%s: in use by %s (expected: one member per folder)"
            .formatted(folder, holder.isEmpty() ? "another process" : "process " + holder));
  }
}
