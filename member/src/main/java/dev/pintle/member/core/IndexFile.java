package dev.pintle.member.core;

import dev.pintle.kernel.codec.ByteReader;
import dev.pintle.kernel.codec.ByteWriter;
import dev.pintle.kernel.codec.MalformedBytes;
import dev.pintle.kernel.codec.Seal;
import dev.pintle.kernel.codec.SealBroken;
import dev.pintle.kernel.state.CheckpointReader;
import dev.pintle.kernel.state.CheckpointWriter;
import dev.pintle.kernel.state.KeyspaceRoot;
import dev.pintle.member.disk.Disk;
import dev.pintle.member.disk.DiskFile;
import dev.pintle.member.log.UnreadableFile;
import dev.pintle.member.log.UnreadableFile.Corrupt;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The file of the index checkpoint: a header, the kernel's pieces, each with its length and checksum, and a piece of length
/// zero at the end. A checkpoint only saves time: without one that can be read, the index is rebuilt from storage.
public final class IndexFile {
  /// Keeps nothing.
  public static final IndexFile NONE = new IndexFile(null, null, null);

  private static final System.Logger LOG = System.getLogger(IndexFile.class.getName());
  private static final String NAME = "index.checkpoint";
  private static final String NAME_UNFINISHED = NAME + ".new";
  private static final int VERSION = 1;

  /// "PINTIDX" and a byte that no text has.
  private static final long MAGIC = 0x50494E5449445880L;

  private static final int HEADER_BYTES = 16;
  private static final int PIECE_HEADER_BYTES = 8;
  private static final int PIECE_BYTES = 1 << 20;
  private static final int PIECE_BYTES_MAX = 64 << 20;

  /// In the header, of a file whose pieces are sealed.
  private static final int SEALED = 1;

  private final @Nullable Disk disk;

  /// What the pieces are sealed with; null for nothing.
  private final @Nullable Seal seal;

  /// What is read where there is no disk; null for nothing.
  private final @Nullable KeyspaceRoot begun;

  private IndexFile(@Nullable Disk disk, @Nullable KeyspaceRoot begun, @Nullable Seal seal) {
    this.disk = disk;
    this.begun = begun;
    this.seal = seal;
  }

  public static IndexFile in(Disk disk) {
    return new IndexFile(disk, null, null);
  }

  /// The same, with pieces that are sealed.
  public static IndexFile in(Disk disk, Seal seal) {
    return new IndexFile(disk, null, seal);
  }

  /// Removes the checkpoint of the folder `disk`, which only makes the next start longer.
  public static void remove(Disk disk) throws IOException {
    disk.delete(NAME);
    disk.delete(NAME_UNFINISHED);
    disk.force();
  }

  /// Keeps nothing, and has the index of `root` to begin with.
  public static IndexFile beginningWith(KeyspaceRoot root) {
    return new IndexFile(null, root, null);
  }

  /// Replaces the checkpoint; durable when this returns.
  void write(CheckpointWriter checkpoint) throws IOException {
    if (disk == null) {
      return;
    }
    // Always a new file: a force of one that failed to be forced once may cover nothing of what was
    // written then.
    disk.delete(NAME_UNFINISHED);
    try (DiskFile file = disk.open(NAME_UNFINISHED)) {
      writeContents(file, checkpoint);
      file.force();
    } catch (IOException noRoom) {
      disk.delete(NAME_UNFINISHED);
      throw noRoom;
    }
    disk.rename(NAME_UNFINISHED, NAME);
    disk.force();
  }

  private void writeContents(DiskFile file, CheckpointWriter checkpoint) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    header.putLong(MAGIC).putInt(VERSION).putInt(seal == null ? 0 : SEALED);
    file.write(header.flip(), 0);
    long position = HEADER_BYTES;
    ByteWriter piece = new ByteWriter(PIECE_BYTES + (64 << 10));
    boolean more = true;
    while (more) {
      piece.clear();
      more = checkpoint.writePiece(piece, PIECE_BYTES);
      position = writePiece(file, position, piece);
    }
  }

  /// Answers where the next piece begins.
  private long writePiece(DiskFile file, long position, ByteWriter piece) throws IOException {
    byte[] bytes = piece.buffer();
    int length = piece.size();
    if (seal != null && length > 0) {
      bytes = seal.seal(bytes, 0, length, place(position));
      length = bytes.length;
    }
    ByteBuffer header = ByteBuffer.allocate(PIECE_HEADER_BYTES);
    header.putInt(length).putInt(checksum(bytes, length));
    file.write(header.flip(), position);
    file.write(ByteBuffer.wrap(bytes, 0, length), position + PIECE_HEADER_BYTES);
    return position + PIECE_HEADER_BYTES + length;
  }

  private static byte[] place(long position) {
    return ByteBuffer.allocate(Long.BYTES + 1).put((byte) 'I').putLong(position).array();
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  /// The checkpoint, or empty when there is none that can be read.
  Optional<CheckpointReader> read() throws IOException {
    if (disk == null) {
      return Optional.ofNullable(begun).map(CheckpointReader::of);
    }
    if (!disk.exists(NAME)) {
      return Optional.empty();
    }
    try (DiskFile file = disk.open(NAME)) {
      return Optional.of(readContents(file));
    } catch (UnreadableFile | MalformedBytes | SealBroken e) {
      LOG.log(
          Level.WARNING,
          "the index is rebuilt from storage, which takes longer: {0}",
          e.getMessage());
      return Optional.empty();
    }
  }

  private CheckpointReader readContents(DiskFile file) throws IOException {
    ByteBuffer header = readExactly(file, 0, HEADER_BYTES);
    if (header.getLong() != MAGIC) {
      throw new Corrupt(file.describe(), 0, "not an index checkpoint");
    }
    int version = header.getInt();
    if (version != VERSION) {
      throw new UnreadableFile.TooNew(file.describe(), version, VERSION);
    }
    if (header.getInt() != (seal == null ? 0 : SEALED)) {
      throw new Corrupt(file.describe(), 0, "is not sealed as the folder says");
    }
    CheckpointReader checkpoint = new CheckpointReader();
    long position = HEADER_BYTES;
    byte[] piece = readPiece(file, position);
    while (piece.length > 0) {
      checkpoint.readPiece(
          new ByteReader(seal == null ? piece : seal.open(piece, place(position))));
      position += PIECE_HEADER_BYTES + piece.length;
      piece = readPiece(file, position);
    }
    return checkpoint;
  }

  private static byte[] readPiece(DiskFile file, long position) throws IOException {
    ByteBuffer header = readExactly(file, position, PIECE_HEADER_BYTES);
    int length = header.getInt();
    if (length < 0 || length > PIECE_BYTES_MAX) {
      throw new Corrupt(
          file.describe(),
          position,
          "length of a piece: %d (expected: 0 to %d)".formatted(length, PIECE_BYTES_MAX));
    }
    byte[] piece = readExactly(file, position + PIECE_HEADER_BYTES, length).array();
    if (checksum(piece, length) != header.getInt()) {
      throw new Corrupt(file.describe(), position, "a piece does not match its checksum");
    }
    return piece;
  }

  private static ByteBuffer readExactly(DiskFile file, long position, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    if (file.read(bytes, position) < length) {
      throw new Corrupt(file.describe(), position, "ends early");
    }
    return bytes.flip();
  }
}
