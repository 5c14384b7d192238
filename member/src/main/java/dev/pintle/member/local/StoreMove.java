package dev.pintle.member.local;

import dev.pintle.kernel.keyspace.OrderedKv;
import dev.pintle.kernel.keyspace.OrderedKv.Batch;
import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.RevisionKey;
import dev.pintle.kernel.keyspace.StoredRecord;
import dev.pintle.kernel.state.Keyspace;
import dev.pintle.member.clock.Clock;
import dev.pintle.member.core.IndexFile;
import dev.pintle.member.disk.Disk;
import dev.pintle.member.disk.RealDisk;
import dev.pintle.member.log.SegmentLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/// The move of a member's store to another backend, or into or out of encryption, while nobody runs it; and the check of a store.
///
/// The new store is made in a folder beside the old one, copied to, forced, read back and compared by its hash. One file names which
/// of the two counts ([StoreMark]), and is replaced in one step: a move that is killed at any moment leaves a member that starts, from
/// the old store or from the new one, and what lies beside it is removed by the next move.
public final class StoreMove {
  private static final long BATCH_BYTES = 1 << 20;

  private final Path folder;
  private final Settings settings;
  private final Consumer<String> tell;

  /// @param folder of the member
  /// @param tell is told how far it is, a line at a time
  public StoreMove(Path folder, Settings settings, Consumer<String> tell) {
    this.folder = folder;
    this.settings = settings;
    this.tell = tell;
  }

  /// Checks that everything can be read and is what it should be: every byte of the log, every entry of the store.
  ///
  /// @throws WrongBackend when the folder is not as `source` wants it
  /// @throws dev.pintle.kernel.keyspace.StorageFailure for an entry that cannot be read
  public StoreContents verify(StoreSource source) throws IOException {
    settle(source);
    try (FolderLock _ = FolderLock.take(folder)) {
      Disk disk = RealDisk.open(folder);
      StoreMark mark = StoreMark.read(disk).orElse(StoreMark.EARLIER);
      try (OrderedKv store = opened(source, mark)) {
        return StoreContents.read(store, StoreMove::requireRecord, told("read"));
      }
    }
  }

  private static void requireRecord(Bucket bucket, byte[] key, byte[] value) {
    if (bucket == Bucket.REVISIONS) {
      StoredRecord.decode(RevisionKey.main(key), value);
    }
  }

  /// Moves what `from` opens to where `to` says; answers what was moved.
  public StoreContents run(StoreSource from, StoreSource to) throws IOException {
    settle(from);
    try (FolderLock _ = FolderLock.take(folder)) {
      Disk disk = RealDisk.open(folder);
      StoreMark old =
          StoreMark.read(disk)
              .orElseThrow(() -> new IOException(folder + ": holds no member (expected: one)"));
      removeAllBut(old);
      StoreMark next = next(old, to);
      StoreContents moved = copy(from, old, to, next);
      next.write(disk);
      tell.accept("switched to the backend " + next.backend());
      if (old.sealed() != next.sealed()) {
        IndexFile.remove(disk);
      }
      removeAllBut(next);
      return moved;
    }
  }

  /// Opens the member as a start does and closes it, so that the store holds all that the log does.
  private void settle(StoreSource source) throws IOException {
    tell.accept("opening the member as a start does");
    LocalMember.open(folder, source, settings, Clock.SYSTEM).close();
  }

  private OrderedKv opened(StoreSource source, StoreMark mark) throws IOException {
    if (mark.sealed()) {
      source.seal(folder);
    }
    return source.open(mark.backend(), folder.resolve(mark.store()));
  }

  private StoreMark next(StoreMark old, StoreSource to) {
    int number = 2;
    while (Files.exists(folder.resolve("store-" + number))
        || Files.exists(folder.resolve("log-" + number))) {
      number++;
    }
    return new StoreMark(
        to.wanted().orElse(old.backend()), "store-" + number, "log-" + number, to.seals());
  }

  private StoreContents copy(StoreSource from, StoreMark old, StoreSource to, StoreMark next)
      throws IOException {
    StoreContents read;
    long applied;
    try (OrderedKv source = opened(from, old)) {
      requireSettled(source, old);
      applied = Keyspace.appliedIndex(source.reader());
      try (OrderedKv target = opened(to, next);
          Batch batch = target.beginBatch()) {
        long[] waiting = {0};
        read =
            StoreContents.read(
                source,
                (bucket, key, value) -> {
                  batch.put(bucket, key, value);
                  waiting[0] += key.length + value.length;
                  if (waiting[0] >= BATCH_BYTES) {
                    batch.commit();
                    waiting[0] = 0;
                  }
                },
                told("copied"));
        batch.commit();
        target.flush();
      }
    }
    StoreContents written;
    try (OrderedKv target = opened(to, next)) {
      written = StoreContents.read(target, StoreMove::requireRecord, told("compared"));
    }
    if (!written.equals(read)) {
      throw new IOException(
          "%s: holds %s, copied from %s; nothing was switched"
              .formatted(folder.resolve(next.store()), written, read));
    }
    SegmentLog.create(
        RealDisk.open(folder.resolve(next.log())),
        settings.log(),
        new SecureRandom()::nextLong,
        applied + 1);
    return read;
  }

  /// The log that is left behind must hold nothing that the store does not.
  private void requireSettled(OrderedKv store, StoreMark mark) throws IOException {
    long applied = Keyspace.appliedIndex(store.reader());
    try (SegmentLog log =
        SegmentLog.open(
            RealDisk.open(folder.resolve(mark.log())),
            settings.log(),
            new SecureRandom()::nextLong,
            Runnable::run)) {
      if (log.lastIndex() != applied) {
        throw new IOException(
            "%s: the store has applied %d of %d entries of the log (expected: all; is the disk full?)"
                .formatted(folder, applied, log.lastIndex()));
      }
    }
  }

  private LongConsumer told(String what) {
    return bytes -> tell.accept("%s %d MiB".formatted(what, bytes >> 20));
  }

  /// Removes the stores and logs that do not count.
  private void removeAllBut(StoreMark mark) throws IOException {
    List<Path> found;
    try (Stream<Path> entries = Files.list(folder)) {
      found = entries.filter(Files::isDirectory).toList();
    }
    for (Path each : found) {
      String name = each.getFileName().toString();
      boolean ours = isNumbered(name, "store") || isNumbered(name, "log");
      if (ours && !name.equals(mark.store()) && !name.equals(mark.log())) {
        remove(each);
      }
    }
  }

  private static boolean isNumbered(String name, String kind) {
    return name.equals(kind)
        || (name.startsWith(kind + "-")
            && name.substring(kind.length() + 1).chars().allMatch(Character::isDigit));
  }

  private static void remove(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  /// What the folder of a member says of its store; empty where there is none.
  public static Optional<StoreMark> markOf(Path folder) throws IOException {
    return Files.isDirectory(folder) ? StoreMark.read(RealDisk.open(folder)) : Optional.empty();
  }
}
