package dev.pintle.server.attach;

import static java.util.Objects.requireNonNull;

import com.sun.security.auth.module.UnixSystem;
import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.folder.PrivateFiles;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/// The place of a store's socket: in a folder of this user's own, below one that both processes know whatever their environment is.
final class AttachSocket {
  private static final int TYPE_AND_OTHERS = 0170077;
  private static final int FOLDER = 0040000;

  private final Path folder;
  private final int port;

  private AttachSocket(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /// @param port of the store's etcd, by which others know it
  static AttachSocket of(int port) {
    return of(Path.of("/tmp"), port);
  }

  static AttachSocket of(Path parent, int port) {
    return new AttachSocket(parent.resolve("pintle-" + new UnixSystem().getUid()), port);
  }

  Path path() {
    return folder.resolve("etcd-%d.sock".formatted(port));
  }

  /// Makes the folder where it is not, and removes what a process that is gone left in the socket's place.
  void prepare() throws IOException, StartException {
    PrivateFiles.createFolder(folder);
    requireOurs();
    Files.deleteIfExists(path());
  }

  /// Refuses a folder that somebody else can put a socket into.
  void requireOurs() throws IOException, StartException {
    Map<String, Object> found =
        Files.readAttributes(folder, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
    long owner = Integer.toUnsignedLong(number(requireNonNull(found.get("uid"))));
    int mode = number(requireNonNull(found.get("mode")));
    if (owner != new UnixSystem().getUid() || (mode & TYPE_AND_OTHERS) != FOLDER) {
      throw new StartException(
          ExitCode.DATA,
          "%s: mode %o of user %d (expected: a folder of this user alone, with mode 700); remove it"
              .formatted(folder, mode, owner));
    }
  }

  private static int number(Object attribute) {
    return (Integer) attribute;
  }

  /// Leaves nothing behind, unless others of this user have sockets there.
  void remove() throws IOException {
    Files.deleteIfExists(path());
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException others) {
      // They remove it.
    }
  }
}
