package dev.pintle.server.failure;

import static java.util.Objects.requireNonNull;

import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.member.local.FolderInUse;
import dev.pintle.member.log.UnreadableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Locale;

/// The words for the user about a failure of the data folder.
public final class Diagnosis {
  private Diagnosis() {}

  public static StartException of(Path folder, Exception failure) {
    return switch (failure) {
      case UncheckedIOException wrapped -> of(folder, requireNonNull(wrapped.getCause()));
      case StorageFailure storage -> ofStorage(folder, storage);
      case FolderInUse inUse ->
          new StartException(
              ExitCode.IN_USE,
              "%s; stop that one, or choose another folder with --data".formatted(text(inUse)),
              inUse);
      case UnreadableFile.TooNew newer ->
          new StartException(
              ExitCode.NEWER_FORMAT,
              "%s; use the newer release that wrote it, nothing was changed".formatted(text(newer)),
              newer);
      case AccessDeniedException denied ->
          new StartException(
              ExitCode.DATA,
              "data folder %s: no permission for %s; choose another with --data, or give this user the right to write"
                  .formatted(folder, denied.getFile()),
              denied);
      case NotDirectoryException _, FileAlreadyExistsException _ ->
          new StartException(
              ExitCode.DATA,
              "data folder %s: is a file (expected: a folder); choose another with --data"
                  .formatted(folder),
              failure);
      case GeneralSecurityException damaged ->
          new StartException(
              ExitCode.DATA,
              "%s: a certificate or key cannot be used: %s; remove that folder to have them made anew"
                  .formatted(folder.resolve("pki"), text(damaged)),
              damaged);
      case IOException io when isDiskFull(io) -> diskFull(folder, io);
      default ->
          new StartException(
              ExitCode.DATA, "data folder %s: %s".formatted(folder, text(failure)), failure);
    };
  }

  private static StartException ofStorage(Path folder, StorageFailure failure) {
    return switch (failure.kind()) {
      case DISK_FULL -> diskFull(folder, failure);
      case CORRUPT ->
          new StartException(
              ExitCode.DATA,
              "data folder %s: damaged: %s; restore it from a copy, nothing was changed"
                  .formatted(folder, text(failure)),
              failure);
      case CLOSED, REOPENED, IO ->
          new StartException(
              ExitCode.DATA, "data folder %s: %s".formatted(folder, text(failure)), failure);
    };
  }

  private static StartException diskFull(Path folder, Exception cause) {
    return new StartException(
        ExitCode.DISK_FULL,
        "data folder %s: no space left on the disk; free some and start again, what was acknowledged is kept"
            .formatted(folder),
        cause);
  }

  /// The JDK says it in words only.
  private static boolean isDiskFull(IOException failure) {
    String message = text(failure).toLowerCase(Locale.ROOT);
    return message.contains("no space left") || message.contains("quota exceeded");
  }

  private static String text(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
