package dev.pintle.compat.disk;

import dev.pintle.compat.harness.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.opentest4j.TestAbortedException;

/// A real file system of a few MiB, in memory. It takes the right to mount one.
final class SmallDisk implements AutoCloseable {
  private static final Path MOUNT = Path.of("mount");
  private static final Path UNMOUNT = Path.of("umount");

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /// The disk at `folder`, or the end of the test with a line that says what was not judged.
  static SmallDisk mount(Path folder, int mebibytes) throws Exception {
    Files.createDirectories(folder);
    String why = run(MOUNT, "-t", "tmpfs", "-o", "size=%dm".formatted(mebibytes), "pintle", folder);
    if (!why.isEmpty()) {
      String line = "not judged on a full disk: mounting is not permitted here (%s)".formatted(why);
      System.err.println(line);
      throw new TestAbortedException(line);
    }
    return new SmallDisk(folder);
  }

  Path folder() {
    return folder;
  }

  /// Takes the last of the room, so that nothing can be written any more.
  void exhaust() {
    try (FileChannel ballast =
        FileChannel.open(
            folder.resolve("ballast"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        ballast.write(ByteBuffer.allocate(4096));
      }
    } catch (IOException noRoom) {
      // as wanted
    }
  }

  void grow(int mebibytes) {
    String why = run(MOUNT, "-o", "remount,size=%dm".formatted(mebibytes), folder);
    if (!why.isEmpty()) {
      throw new AssertionError("remount: " + why);
    }
  }

  @Override
  public void close() {
    run(UNMOUNT, "--lazy", folder);
  }

  /// What went wrong, or nothing.
  private static String run(Path program, Object... arguments) {
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    try {
      Tool.Result result = Tool.of(program, words).run();
      return result.exit() == 0 ? "" : "exit %d: %s".formatted(result.exit(), result.err().strip());
    } catch (UncheckedIOException noSuchProgram) {
      return noSuchProgram.toString();
    }
  }
}
