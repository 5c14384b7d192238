package dev.pintle.server.folder;

import dev.pintle.server.failure.Diagnosis;
import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The folder everything is kept in, owned by this process until closed.
///
/// `format` names the layout of the folder; it is written once and read before anything else is touched. `lock` is held by
/// the operating system for the process, so that a killed one leaves nothing to clean up; its text is the owner's pid.
public final class DataFolder implements AutoCloseable {
  /// The layout this release writes, and the newest it reads.
  static final int FORMAT = 1;

  private static final int LOCK_TEXT_BYTES_MAX = 32;

  private final Path path;
  private final FileChannel lockFile;
  private final FileLock lock;

  private DataFolder(Path path, FileChannel lockFile, FileLock lock) {
    this.path = path;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /// Makes the folder if it is missing, locks it, and checks that its format is known.
  public static DataFolder open(Path path) throws StartException {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      PrivateFiles.createFolder(absolute);
      DataFolder folder = locked(absolute);
      try {
        folder.checkFormat();
      } catch (IOException | StartException failed) {
        folder.close();
        throw failed;
      }
      return folder;
    } catch (IOException failed) {
      throw Diagnosis.of(absolute, failed);
    }
  }

  /// Absolute.
  public Path path() {
    return path;
  }

  public Path resolve(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() throws IOException {
    lock.release();
    lockFile.close();
  }

  private static DataFolder locked(Path path) throws IOException, StartException {
    FileChannel file =
        FileChannel.open(
            path.resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    FileLock lock = tryLock(file);
    if (lock == null) {
      String owner = readOwner(file);
      file.close();
      throw new StartException(
          ExitCode.IN_USE,
          "data folder %s: in use by process %s; stop that one, or choose another folder with --data"
              .formatted(path, owner));
    }
    file.truncate(0);
    file.write(
        ByteBuffer.wrap(
            Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
    return new DataFolder(path, file, lock);
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private static String readOwner(FileChannel file) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(LOCK_TEXT_BYTES_MAX);
    file.read(text, 0);
    String owner = StandardCharsets.US_ASCII.decode(text.flip()).toString().strip();
    return owner.isEmpty() ? "unknown" : owner;
  }

  private void checkFormat() throws IOException, StartException {
    Path file = resolve("format");
    if (!Files.exists(file)) {
      PrivateFiles.write(file, "pintle %d\n".formatted(FORMAT));
      return;
    }
    String text = Files.readString(file).strip();
    int version = version(text);
    if (version < 1) {
      throw new StartException(
          ExitCode.DATA,
          "%s: \"%s\" (expected: \"pintle %d\"); this is not a data folder of Pintle"
              .formatted(file, text, FORMAT));
    }
    if (version > FORMAT) {
      throw new StartException(
          ExitCode.NEWER_FORMAT,
          "data folder %s: format %d (expected: at most %d); use the newer release that wrote it, nothing was changed"
              .formatted(path, version, FORMAT));
    }
  }

  private static int version(String text) {
    return text.matches("pintle [0-9]{1,9}") ? Integer.parseInt(text.substring(7)) : -1;
  }
}
