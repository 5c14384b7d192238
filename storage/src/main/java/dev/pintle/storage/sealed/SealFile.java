package dev.pintle.storage.sealed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// The file of a member's folder that tells the epochs of what is sealed there: about a hundred bytes a start. It holds no secret, and
/// without it nothing of the folder can be decrypted.
final class SealFile {
  static final String NAME = "seals";

  private static final String HEAD = "pintle seals format 1";
  private static final int FIELDS = 4;

  private SealFile() {}

  static List<Epoch> read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    List<Epoch> epochs = new ArrayList<>();
    if (!Files.exists(file)) {
      return epochs;
    }
    List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
    if (lines.isEmpty() || !lines.getFirst().equals(HEAD)) {
      throw new IOException(file + ": has another format (expected: \"" + HEAD + "\")");
    }
    for (String line : lines.subList(1, lines.size())) {
      epochs.add(epoch(file, line));
    }
    return epochs;
  }

  private static Epoch epoch(Path file, String line) throws IOException {
    String[] fields = line.split(" ", -1);
    try {
      if (fields.length == FIELDS && fields[0].equals("epoch")) {
        Epoch epoch = new Epoch(Integer.parseInt(fields[1]), fields[2], fields[3]);
        if (epoch.number() > 0 && epoch.saltBytes().length == MasterKey.BYTES) {
          return epoch;
        }
      }
    } catch (IllegalArgumentException noNumber) {
      // said below
    }
    throw new IOException(file + ": damaged: " + line);
  }

  /// Replaces the file; durable when this returns.
  static void write(Path folder, List<Epoch> epochs) throws IOException {
    StringBuilder text = new StringBuilder(HEAD).append('\n');
    for (Epoch epoch : epochs) {
      text.append("epoch %d %s %s\n".formatted(epoch.number(), epoch.key(), epoch.salt()));
    }
    Path unfinished = folder.resolve(NAME + ".new");
    Files.deleteIfExists(unfinished);
    try (FileChannel channel =
        FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
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
}
