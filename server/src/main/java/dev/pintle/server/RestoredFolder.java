package dev.pintle.server;

import dev.pintle.etcd.snapshot.SnapshotFile;
import dev.pintle.etcd.snapshot.SnapshotSummary;
import dev.pintle.etcd.snapshot.SnapshotTaker;
import dev.pintle.kernel.auth.AuthImage;
import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.StorageFailure;
import dev.pintle.kernel.state.StoreAlarm;
import dev.pintle.kernel.state.StoredLease;
import dev.pintle.kernel.state.StoredStateWriter;
import dev.pintle.kernel.state.StoredWrite;
import dev.pintle.member.local.LocalMember;
import dev.pintle.member.local.Settings;
import dev.pintle.server.cli.SnapshotCommand;
import dev.pintle.server.failure.Diagnosis;
import dev.pintle.server.failure.ExitCode;
import dev.pintle.server.failure.StartException;
import dev.pintle.server.folder.DataFolder;
import dev.pintle.storage.rocksdb.RocksConfig;
import dev.pintle.storage.rocksdb.RocksKv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A data folder in the making, beside the one that it becomes: it has that one's name only once it is whole and on the disk. Whoever is
/// killed meanwhile leaves `NAME.restoring`, which the next attempt clears away.
final class RestoredFolder {
  private static final String SUFFIX = ".restoring";

  private final SnapshotCommand.Restore command;
  private final Path target;
  private final Path unfinished;

  private RestoredFolder(SnapshotCommand.Restore command) {
    this.command = command;
    this.target = command.data().toAbsolutePath().normalize();
    this.unfinished = target.resolveSibling(target.getFileName() + SUFFIX);
  }

  /// Answers what to tell the user.
  static String make(SnapshotCommand.Restore command) throws StartException {
    RestoredFolder folder = new RestoredFolder(command);
    try {
      folder.requireFree();
      SnapshotSummary summary = folder.restore();
      return "restored %s: revision %d, compacted %d, %d leases%s; start it with --data-dir %s (./pintle etcd) or --data %s (./pintle up)%n"
          .formatted(
              folder.target,
              folder.revision(summary),
              folder.compacted(summary),
              summary.leases(),
              summary.alarms() == 0
                  ? ""
                  : ", and %d alarms, which stay until they are disarmed"
                      .formatted(summary.alarms()),
              command.data(),
              command.data());
    } catch (IOException | StorageFailure | UncheckedIOException failed) {
      throw Diagnosis.of(folder.target, failed);
    }
  }

  private void requireFree() throws IOException, StartException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    boolean empty = false;
    if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> entries = Files.list(target)) {
        empty = entries.findAny().isEmpty();
      }
    }
    if (!empty) {
      throw new StartException(
          ExitCode.DATA,
          "data folder %s: is there already (expected: none, or an empty one); nothing was changed"
              .formatted(target));
    }
  }

  private SnapshotSummary restore() throws IOException, StartException {
    SnapshotFile snapshot = snapshot();
    SnapshotSummary summary;
    // Its lock keeps two attempts apart.
    try (DataFolder folder = DataFolder.open(unfinished)) {
      Path member = folder.resolve("member");
      delete(member);
      try {
        summary = fill(snapshot, Files.createDirectories(member));
      } catch (IOException | StartException | RuntimeException failed) {
        delete(unfinished);
        throw failed;
      }
      requireFree();
      force(member);
      force(unfinished);
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    }
    Path parent = target.getParent();
    if (parent != null) {
      force(parent);
    }
    return summary;
  }

  private SnapshotFile snapshot() throws StartException {
    try {
      return command.skipHashCheck()
          ? SnapshotFile.unchecked(command.file())
          : SnapshotFile.checked(command.file());
    } catch (IOException failed) {
      throw SnapshotOperations.refusal(command.file(), failed);
    }
  }

  private SnapshotSummary fill(SnapshotFile snapshot, Path member)
      throws IOException, StartException {
    SnapshotSummary summary;
    try (OrderedKv store = store(member.resolve("store"))) {
      StoredStateWriter writer = new StoredStateWriter(store);
      summary = read(snapshot, new Taking(writer));
      writer.finish(revision(summary), compacted(summary));
    }
    // Makes the rest of a member, and finds out whether it can be opened.
    LocalMember.open(
            member, RestoredFolder::store, Settings.ofHeap(Runtime.getRuntime().maxMemory()))
        .close();
    return summary;
  }

  private static OrderedKv store(Path folder) {
    return RocksKv.open(
        folder, RocksConfig.DEFAULT.withFilesOpenMax(Descriptors.now().forTables()));
  }

  private SnapshotSummary read(SnapshotFile snapshot, SnapshotTaker taker) throws StartException {
    try {
      return snapshot.read(taker);
    } catch (IOException failed) {
      throw SnapshotOperations.refusal(command.file(), failed);
    }
  }

  private long revision(SnapshotSummary summary) {
    return summary.revision() + command.bumpRevision();
  }

  private long compacted(SnapshotSummary summary) {
    return command.bumpRevision() > 0 ? revision(summary) : summary.compacted();
  }

  /// The way from the snapshot into the store.
  private final class Taking implements SnapshotTaker {
    private final StoredStateWriter writer;

    Taking(StoredStateWriter writer) {
      this.writer = writer;
    }

    @Override
    public void auth(AuthImage auth) {
      writer.add(command.withoutAuth() && auth.isEnabled() ? auth.disable() : auth);
    }

    @Override
    public void write(StoredWrite write) {
      writer.add(write);
    }

    @Override
    public void lease(StoredLease lease) {
      writer.add(lease);
    }

    @Override
    public void alarm(StoreAlarm alarm) {
      writer.add(alarm);
    }
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> below = Files.walk(folder)) {
      List<Path> all = below.sorted(Comparator.reverseOrder()).toList();
      for (Path path : all) {
        Files.delete(path);
      }
    }
  }
}
