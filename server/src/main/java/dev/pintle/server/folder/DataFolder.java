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
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The folder everything is kept in, owned by this process until closed.
///
/// `format` names the layout of the folder; it is written once and read before anything else is touched. `lock` is held by
/// the operating system for the process, so that a killed one leaves nothing to clean up; its text is the owner's pid.
///
/// It is for one user alone: folders are made with mode 0700 and files with 0600, and what is found with more is tightened. A
/// folder that others may write is refused, and so is a link inside it: whoever put it there chose what is behind it.
public final class DataFolder implements AutoCloseable {
  /// The layout this release writes, and the newest it reads.
  static final int FORMAT = 1;

  private static final String LOCK_FILE = "lock";
  private static final String FORMAT_FILE = "format";
  private static final int LOCK_TEXT_BYTES_MAX = 32;

  /// Everything that the program ever puts there.
  private static final List<String> NAMES =
      List.of(LOCK_FILE, FORMAT_FILE, "kubeconfig", "endpoints.json", "pki", "fixtures", "member");

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
      Optional<Privacy> privacy = claim(absolute);
      DataFolder folder = locked(absolute);
      try {
        checkFormat(absolute);
        if (privacy.isPresent()) {
          privacy.get().tighten(absolute, NAMES);
        }
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

  /// Opens what a release made before, beside the program that may own it.
  ///
  /// @return its path, absolute
  public static Path visit(Path path) throws StartException {
    Path absolute = path.toAbsolutePath().normalize();
    if (!Files.exists(absolute.resolve(FORMAT_FILE), LinkOption.NOFOLLOW_LINKS)) {
      throw new StartException(
          ExitCode.DATA,
          "%s: no data folder (expected: one that ./pintle up made; name it with --data DIR)"
              .formatted(absolute));
    }
    try {
      Optional<Privacy> privacy = claim(absolute);
      checkFormat(absolute);
      if (privacy.isPresent()) {
        privacy.get().tighten(absolute, List.of("pki"));
      }
      return absolute;
    } catch (IOException failed) {
      throw Diagnosis.of(absolute, failed);
    }
  }

  /// The process that owns `path` now.
  public static Optional<String> owner(Path path) throws IOException {
    Path file = path.resolve(LOCK_FILE);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      FileLock free = tryLock(channel);
      return free == null ? Optional.of(readOwner(channel)) : Optional.empty();
    }
  }

  /// Empty where files have no permissions.
  private static Optional<Privacy> claim(Path path) throws IOException, StartException {
    if (!PrivateFiles.POSIX) {
      return Optional.empty();
    }
    Privacy privacy = new Privacy();
    privacy.claim(path);
    return Optional.of(privacy);
  }

  private static DataFolder locked(Path path) throws IOException, StartException {
    Path lockPath = path.resolve(LOCK_FILE);
    refuseLink(lockPath);
    FileChannel file =
        FileChannel.open(
            lockPath,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
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

  private static void refuseLink(Path file) throws StartException {
    if (Files.isSymbolicLink(file)) {
      throw Privacy.refusal(file);
    }
  }

  private static void checkFormat(Path path) throws IOException, StartException {
    Path file = path.resolve(FORMAT_FILE);
    refuseLink(file);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      PrivateFiles.write(file, "pintle %d\n".formatted(FORMAT));
      return;
    }
    String text = PrivateFiles.read(file).strip();
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
