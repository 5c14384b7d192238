package dev.pintle.server.folder;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/// The permissions that the operating system takes from every file that this process makes, those of libraries
/// included.
///
/// The launcher sets it; a program that is started without the launcher sets it by a call into the C library, which takes a start
/// longer and is therefore made only when it is needed.
public final class Umask {
  /// Takes everything from everybody but the owner.
  private static final int PRIVATE = 0077;

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String FIELD = "Umask:";

  private Umask() {}

  /// Leaves new files to their owner alone. Where the system has no such thing, nothing happens.
  @SuppressWarnings("restricted") // the launcher grants it
  public static void makePrivate() {
    if (!PrivateFiles.POSIX || isPrivate()) {
      return;
    }
    Linker linker = Linker.nativeLinker();
    var function = linker.defaultLookup().find("umask");
    if (function.isEmpty()) {
      return;
    }
    MethodHandle umask =
        linker.downcallHandle(
            function.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    try {
      var _ = (int) umask.invokeExact(PRIVATE);
    } catch (Throwable impossible) {
      throw new IllegalStateException("umask", impossible);
    }
  }

  /// As Linux tells it; elsewhere nobody does, short of setting it.
  private static boolean isPrivate() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(FIELD))
          .map(line -> Integer.parseInt(line.substring(FIELD.length()).strip(), 8))
          .anyMatch(mask -> (mask & PRIVATE) == PRIVATE);
    } catch (IOException notLinux) {
      return false;
    }
  }
}
