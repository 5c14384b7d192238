package dev.pintle.member.log;

import java.io.IOException;

/// A file that this program cannot read, and why.
public abstract sealed class UnreadableFile extends IOException {
  private final String file;

  private UnreadableFile(String file, String message) {
    super("%s: %s".formatted(file, message));
    this.file = file;
  }

  public String file() {
    return file;
  }

  /// A file of which something that was written is there no more.
  public static final class Corrupt extends UnreadableFile {
    private final long offset;

    public Corrupt(String file, long offset, String what) {
      super(file, "corrupt at byte %d: %s".formatted(offset, what));
      this.offset = offset;
    }

    public long offset() {
      return offset;
    }
  }

  /// A file written by a program older than any this one can read.
  public static final class TooOld extends UnreadableFile {
    public TooOld(String file, int version, int oldestReadable) {
      super(
          file,
          "format version: %d (expected: at least %d; an older program must convert it)"
              .formatted(version, oldestReadable));
    }
  }

  /// A file written by a newer program.
  public static final class TooNew extends UnreadableFile {
    public TooNew(String file, int version, int newestKnown) {
      super(
          file,
          "format version: %d (expected: at most %d; a newer program wrote it)"
              .formatted(version, newestKnown));
    }
  }
}
