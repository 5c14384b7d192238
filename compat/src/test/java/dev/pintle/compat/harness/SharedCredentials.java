package dev.pintle.compat.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/// The authority and its certificates that servers of this process have in common, so that not every start looks for primes, which takes
/// a program that is hardly compiled longer than all else. Tokens and the key that signs them stay each server's own, as do the
/// credentials of servers that are started to be asked about them.
final class SharedCredentials {
  private static final List<String> FILES =
      List.of("ca.crt", "ca.key", "admin.crt", "admin.key", "server.crt", "server.key");

  private static volatile Path kept = Path.of("");

  private SharedCredentials() {}

  /// Gives them to a server that was never started; nothing before the first one was kept.
  static void lend(Path data) {
    try {
      if (kept.toString().isEmpty() || !isNew(data)) {
        return;
      }
      copy(kept, privateFolder(privateFolder(data).resolve("pki")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isNew(Path data) throws IOException {
    if (!Files.isDirectory(data, LinkOption.NOFOLLOW_LINKS)) {
      return !Files.exists(data, LinkOption.NOFOLLOW_LINKS);
    }
    try (Stream<Path> inside = Files.list(data)) {
      return inside.findAny().isEmpty();
    }
  }

  /// Keeps those of the first server that is up.
  static void keep(Path data) {
    Path pki = data.resolve("pki");
    if (!kept.toString().isEmpty() || !Files.exists(pki.resolve("admin.key"))) {
      return;
    }
    try {
      Path folder = Files.createTempDirectory("pintle-pki");
      folder.toFile().deleteOnExit();
      copy(pki, folder);
      FILES.forEach(name -> folder.resolve(name).toFile().deleteOnExit());
      kept = folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path privateFolder(Path folder) throws IOException {
    return Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static void copy(Path from, Path to) throws IOException {
    for (String name : FILES) {
      Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    }
  }
}
