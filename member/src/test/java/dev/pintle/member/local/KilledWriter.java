package dev.pintle.member.local;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.storage.rocksdb.RocksKv;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;

/// The process that [KillTest] kills: writes without end, and prints a line for every write that was acknowledged.
final class KilledWriter {
  private static final int IN_FLIGHT = 64;
  private static final int KEYS = 50;

  private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
  private final Semaphore room = new Semaphore(IN_FLIGHT);
  private final SplittableRandom random;

  private KilledWriter(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /// `FOLDER SEED`
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    LocalMember member =
        LocalMember.open(folder, store -> RocksKv.open(store, KillTest.STORE), KillTest.SETTINGS);
    new KilledWriter(seed).writeForEver(member, seed);
  }

  private void writeForEver(LocalMember member, long seed) throws InterruptedException {
    for (long number = 0; ; number++) {
      room.acquire();
      if (random.nextInt(500) == 0) {
        member.submit(new Command.Compact(member.view().revision() - 100), this::compacted);
      } else {
        String key = "key " + random.nextInt(KEYS);
        String value = seed + "." + number + "." + "x".repeat(random.nextInt(2000));
        Bytes bytes = Bytes.utf8(value);
        member.submit(Command.Put.of(Bytes.utf8(key), bytes), outcome -> tell(key, value, outcome));
      }
    }
  }

  private void compacted(Outcome ignored) {
    room.release();
  }

  private void tell(String key, String value, Outcome outcome) {
    if (outcome instanceof Outcome.Written written) {
      String line = written.revision() + "\t" + key + "\t" + value.hashCode() + "\t\n";
      try {
        out.write(line.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    room.release();
  }
}
