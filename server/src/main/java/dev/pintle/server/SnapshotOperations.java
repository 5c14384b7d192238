package dev.pintle.server;

import dev.pintle.etcd.snapshot.KeyCount;
import dev.pintle.etcd.snapshot.SnapshotFile;
import dev.pintle.etcd.snapshot.SnapshotSummary;
import dev.pintle.server.cli.SnapshotCommand;
import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The work of `./pintle snapshot`. No server takes part in it.
final class SnapshotOperations {
  private SnapshotOperations() {}

  /// Answers what to tell the user.
  static String run(SnapshotCommand command) throws StartException {
    return switch (command) {
      case SnapshotCommand.Status status -> status(status);
      case SnapshotCommand.Restore restore -> RestoredFolder.make(restore);
    };
  }

  /// In the words of `etcdutl snapshot status`.
  private static String status(SnapshotCommand.Status command) throws StartException {
    try {
      KeyCount keys = new KeyCount();
      SnapshotSummary summary = SnapshotFile.unchecked(command.file()).read(keys);
      return command.json()
          ? "{\"hash\":%d,\"revision\":%d,\"totalKey\":%d,\"totalSize\":%d,\"version\":\"%s\"}%n"
              .formatted(
                  summary.hash(),
                  summary.revision(),
                  keys.value(),
                  summary.bytes(),
                  summary.version())
          : "%x, %d, %d, %d bytes, %s%n"
              .formatted(
                  summary.hash(),
                  summary.revision(),
                  keys.value(),
                  summary.bytes(),
                  summary.version());
    } catch (IOException failed) {
      throw refusal(command.file(), failed);
    }
  }

  /// The file cannot be read, or is not whole.
  static StartException refusal(Path file, IOException failed) {
    String what =
        failed instanceof NoSuchFileException || !Files.exists(file)
            ? "%s: no such file".formatted(file)
            : String.valueOf(failed.getMessage());
    return new StartException(ExitCode.DATA, "snapshot " + what, failed);
  }
}
