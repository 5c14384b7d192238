package dev.pintle.kube.audit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The file of a log, which is put aside when it is full. It is its owner's alone, and no link is followed to it. Of one thread.
final class AuditFile implements AuditOutput {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path path;
  private final long bytesMax;
  private final OldAuditFiles old;
  private @Nullable FileChannel channel;
  private long size;

  private AuditFile(Path path, long bytesMax, OldAuditFiles old) {
    this.path = path;
    this.bytesMax = bytesMax;
    this.old = old;
  }

  /// @throws IOException that says what is wrong with the file
  static AuditFile open(String name, AuditLogSettings.Files settings, Clock clock)
      throws IOException {
    return open(Path.of(name), settings, (long) settings.megabytesMax() << 20, clock);
  }

  /// @param bytesMax of the file before another one is begun; 0 for no limit
  static AuditFile open(Path name, AuditLogSettings.Files settings, long bytesMax, Clock clock)
      throws IOException {
    Path path = name.toAbsolutePath();
    Path folder = requireNonNull(path.getParent());
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, only("rwx------"));
    }
    AuditFile file = new AuditFile(path, bytesMax, new OldAuditFiles(path, settings, clock));
    file.begin();
    file.old.tidy();
    return file;
  }

  private void begin() throws IOException {
    requireOwnFile();
    FileChannel opened =
        FileChannel.open(
            path,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND,
                LinkOption.NOFOLLOW_LINKS),
            only("rw-------"));
    if (POSIX && !Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS).equals(OWNER)) {
      Files.setPosixFilePermissions(path, OWNER);
    }
    channel = opened;
    size = opened.size();
  }

  /// Whoever opens a pipe to write waits for its reader.
  private void requireOwnFile() throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    BasicFileAttributes found =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (found.isSymbolicLink()) {
      throw new IOException(
          "%s: is a symbolic link, which is not followed (expected: a file)".formatted(path));
    }
    if (!found.isRegularFile()) {
      throw new IOException("%s: is no file (expected: a file)".formatted(path));
    }
  }

  static FileAttribute<?>[] only(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /// A line that is longer than a file may be has one of its own.
  @Override
  public void write(byte[] line) throws IOException {
    if (channel == null) {
      begin();
    }
    if (bytesMax > 0 && size > 0 && size + line.length > bytesMax) {
      rotate();
    }
    FileChannel out = requireNonNull(channel);
    try {
      ByteBuffer left = ByteBuffer.wrap(line);
      while (left.hasRemaining()) {
        out.write(left);
      }
      size += line.length;
    } catch (IOException failed) {
      forgetPart(out);
      throw failed;
    }
  }

  /// Half a line would be taken for the beginning of the next one.
  private void forgetPart(FileChannel out) {
    try {
      if (out.size() > size) {
        out.truncate(size);
      }
    } catch (IOException _) {
      // What failed is told by who called.
    }
  }

  private void rotate() throws IOException {
    close();
    old.putAside();
    begin();
    old.tidy();
  }

  @Override
  public void close() throws IOException {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }
}
