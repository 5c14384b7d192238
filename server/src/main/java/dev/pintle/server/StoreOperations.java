package dev.pintle.server;

import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.member.local.Settings;
import dev.pintle.member.local.StoreContents;
import dev.pintle.member.local.StoreMark;
import dev.pintle.member.local.StoreMove;
import dev.pintle.server.cli.StoreCommand;
import dev.pintle.server.config.BackendConfig;
import dev.pintle.server.failure.Diagnosis;
import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.folder.DataFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/// The work of `./pintle store` on the folder of a program that does not run.
final class StoreOperations {
  private StoreOperations() {}

  /// @param tell is told how far it is
  /// @return what to tell the user at the end
  static String run(StoreCommand command, Consumer<String> tell) throws StartException {
    Path data = DataFolder.visit(command.data());
    try (DataFolder folder = DataFolder.open(data)) {
      Path member = folder.resolve("member");
      Optional<StoreMark> mark = StoreMove.markOf(member);
      if (mark.isEmpty()) {
        throw new StartException(
            ExitCode.DATA, "%s: holds no store on disk (expected: one)".formatted(member));
      }
      StoreMove move =
          new StoreMove(member, Settings.ofHeap(Runtime.getRuntime().maxMemory()), tell);
      StoreOpening from = opening(plainIf(!mark.get().sealed(), command.from()));
      return switch (command.action()) {
        case VERIFY -> said("verified", move.verify(from));
        case MIGRATE -> said("moved", move.run(from, opening(command.to())));
      };
    } catch (IllegalArgumentException bad) {
      throw new StartException(ExitCode.USAGE, "store: " + bad.getMessage(), bad);
    } catch (IOException | StorageFailure failed) {
      throw Diagnosis.of(data, failed);
    }
  }

  /// Keys are for what is encrypted: what a move is to encrypt is not yet.
  private static BackendConfig plainIf(boolean plain, BackendConfig config) {
    return plain ? new BackendConfig(config.choice(), config.plugins(), Optional.empty()) : config;
  }

  private static StoreOpening opening(BackendConfig config) {
    StoreOpening opening = StoreOpening.of(config, StoreCommand.requestBytesMax());
    opening.requireDurable();
    return opening;
  }

  private static String said(String what, StoreContents contents) {
    return "%s %d entries, %d bytes, sha256 %s%n"
        .formatted(what, contents.entries(), contents.bytes(), contents.hash());
  }
}
