package dev.pintle.server.failure;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The end of a program without memory, for the thread that would end it for another reason: the JVM ends it by a shell that has yet to
/// start (see `jvm.options`), and whatever fails meanwhile fails for the same reason. It says the same and has the same code, and needs no
/// memory for that.
public final class MemoryExhaustion {
  private static final byte[] LINE =
      ("pintle: out of memory, so the program ends (what was acknowledged is kept, more memory is given by"
              + " PINTLE_JAVA_OPTIONS=-Xmx...)\n")
          .getBytes(StandardCharsets.US_ASCII);

  /// Never closed: it is the process's own.
  private static final FileOutputStream ERRORS = new FileOutputStream(FileDescriptor.err);

  private static final int CAUSES_MAX = 32;

  private MemoryExhaustion() {}

  /// Makes ready, while there is memory, what is needed when there is none.
  public static void prepare() {
    // Done when the class was made.
  }

  /// Whether somebody found no memory before this failed.
  public static boolean isCauseOf(Throwable failed) {
    @Nullable Throwable cause = failed;
    for (int i = 0; cause != null && i < CAUSES_MAX; i++) {
      if (cause instanceof OutOfMemoryError) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /// Ends the process at once.
  public static void end() {
    try {
      ERRORS.write(LINE);
    } catch (IOException _) {
      // Nobody reads it.
    }
    Runtime.getRuntime().halt(ExitCode.OUT_OF_MEMORY.number());
  }
}
