package example.backend;

import dev.pintle.kernel.keyspace.OrderedKv.Bucket;
import dev.pintle.kernel.keyspace.OrderedKv.ReadTransaction;
import dev.pintle.kernel.keyspace.StorageFailure;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/// The file: for each entry the bucket, the key and the value with their lengths, then an end mark and a checksum. A new one takes the
/// place of the one before in one step, so whatever happens, one of the two is whole.
final class SnapshotFile {
  private static final String NAME = "entries";
  private static final int END = -1;

  private SnapshotFile() {}

  /// A taker of what is read.
  interface Entries {
    void add(Bucket bucket, byte[] key, byte[] value);
  }

  static void read(Path folder, Entries entries) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return;
    }
    CheckedInputStream checked =
        new CheckedInputStream(
            new BufferedInputStream(Files.newInputStream(file)), new CRC32C());
    try (DataInputStream in = new DataInputStream(checked)) {
      for (int bucket = in.readInt(); bucket != END; bucket = in.readInt()) {
        byte[] key = in.readNBytes(in.readInt());
        byte[] value = in.readNBytes(in.readInt());
        entries.add(Bucket.values()[bucket], key, value);
      }
      long sum = checked.getChecksum().getValue();
      if (in.readLong() != sum) {
        throw new EOFException("the checksum does not match");
      }
    } catch (EOFException | IndexOutOfBoundsException | IllegalArgumentException damaged) {
      throw new StorageFailure(
          StorageFailure.Kind.CORRUPT, file.toString(), "damaged: " + damaged, damaged);
    }
  }

  static void write(Path folder, ReadTransaction now) throws IOException {
    Path unfinished = folder.resolve(NAME + ".new");
    Files.deleteIfExists(unfinished);
    try (FileChannel channel =
            FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        DataOutputStream out = write(channel, now)) {
      out.flush();
      channel.force(true);
    }
    Files.move(
        unfinished,
        folder.resolve(NAME),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static DataOutputStream write(FileChannel channel, ReadTransaction now)
      throws IOException {
    CheckedOutputStream checked =
        new CheckedOutputStream(
            new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16), new CRC32C());
    DataOutputStream out = new DataOutputStream(checked);
    try {
      for (Bucket bucket : Bucket.values()) {
        now.scan(
            bucket,
            new byte[0],
            null,
            (key, value) -> {
              write(out, bucket, key, value);
              return true;
            });
      }
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
    out.writeInt(END);
    out.writeLong(checked.getChecksum().getValue());
    return out;
  }

  private static void write(DataOutputStream out, Bucket bucket, byte[] key, byte[] value) {
    try {
      out.writeInt(bucket.ordinal());
      out.writeInt(key.length);
      out.write(key);
      out.writeInt(value.length);
      out.write(value);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
