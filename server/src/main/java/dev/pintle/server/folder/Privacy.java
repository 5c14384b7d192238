package dev.pintle.server.folder;

import static java.util.Objects.requireNonNull;

import com.sun.security.auth.module.UnixSystem;
import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The rule that the data folder belongs to one user: nobody else writes it, nobody else reads it, and nothing in it leads
/// elsewhere.
final class Privacy {
  private static final int OTHERS_MAY_WRITE = 0022;
  private static final int OTHERS = 0077;
  private static final int TYPE = 0170000;
  private static final int FOLDER = 0040000;
  private static final int LINK = 0120000;
  private static final Set<PosixFilePermission> OF_A_FOLDER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final long user = new UnixSystem().getUid();

  private record Entry(long owner, int mode) {
    boolean is(int type) {
      return (mode & TYPE) == type;
    }

    boolean openTo(int permissions) {
      return (mode & permissions) != 0;
    }
  }

  /// Refuses a folder that is not this user's alone to write, and closes to readers one that is. It may be reached by a link of
  /// the same user.
  void claim(Path folder) throws IOException, StartException {
    requireOwner(folder, entry(folder, LinkOption.NOFOLLOW_LINKS));
    Entry entry = entry(folder);
    requireOwner(folder, entry);
    if (entry.openTo(OTHERS_MAY_WRITE)) {
      throw new StartException(
          ExitCode.DATA,
          "data folder %s: others may write it (mode %03o; expected: 700); look through what is in it, then: chmod 700 %s"
              .formatted(folder, entry.mode() & 0777, quoted(folder)));
    }
    if (entry.openTo(OTHERS)) {
      Files.setPosixFilePermissions(folder, OF_A_FOLDER);
    }
  }

  /// Takes from others what they may do to `names` in `folder` and to all that is below.
  void tighten(Path folder, List<String> names) throws IOException, StartException {
    for (String name : names) {
      tighten(folder.resolve(name));
    }
  }

  private void tighten(Path path) throws IOException, StartException {
    Entry entry;
    try {
      entry = entry(path, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException absent) {
      return;
    }
    requireNoLink(path, entry);
    requireOwner(path, entry);
    if (entry.is(FOLDER)) {
      if (entry.openTo(OTHERS)) {
        Files.setPosixFilePermissions(path, OF_A_FOLDER);
      }
      List<Path> inside;
      try (Stream<Path> listed = Files.list(path)) {
        inside = listed.toList();
      }
      for (Path file : inside) {
        tighten(file);
      }
    } else if (entry.openTo(OTHERS)) {
      Set<PosixFilePermission> kept = EnumSet.copyOf(OF_A_FOLDER);
      kept.retainAll(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
      Files.setPosixFilePermissions(path, kept);
    }
  }

  private void requireOwner(Path path, Entry entry) throws StartException {
    if (entry.owner() != user) {
      throw new StartException(
          ExitCode.DATA,
          "%s: belongs to user %d (expected: user %d, who runs this); choose another folder with --data, or: chown -R %d %s"
              .formatted(path, entry.owner(), user, user, quoted(path)));
    }
  }

  private static void requireNoLink(Path path, Entry entry) throws StartException {
    if (entry.is(LINK)) {
      throw refusal(path);
    }
  }

  static StartException refusal(Path link) {
    return new StartException(
        ExitCode.DATA,
        "%s: is a symbolic link, which is not followed (expected: a file or folder; only the data folder itself may be reached by a link); nothing was changed behind it, remove it: rm %s"
            .formatted(link, quoted(link)));
  }

  private static Entry entry(Path path, LinkOption... options) throws IOException {
    Map<String, Object> attributes = Files.readAttributes(path, "unix:uid,mode", options);
    return new Entry(Integer.toUnsignedLong(number(attributes, "uid")), number(attributes, "mode"));
  }

  private static int number(Map<String, Object> attributes, String name) {
    return (Integer) requireNonNull(attributes.get(name));
  }

  /// As a shell takes it.
  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "'\\''") + "'";
  }
}
