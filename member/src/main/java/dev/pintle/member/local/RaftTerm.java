package dev.pintle.member.local;

import dev.pintle.member.disk.Disk;
import dev.pintle.member.disk.DiskFile;
import dev.pintle.member.log.UnreadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The term of this run, which the file `term` keeps for the next. A member that decides alone elects itself once at each start,
/// and etcd's first such election is the second term: the first one is that of a cluster without a leader.
final class RaftTerm {
  static final long FIRST = 2;

  private static final String NAME = "term";
  private static final int BYTES_MAX = 64;

  private RaftTerm() {}

  /// Begins the next term in the folder `disk`, and has it on disk before it returns.
  static long next(Disk disk) throws IOException {
    long term = disk.exists(NAME) ? read(disk) + 1 : FIRST;
    String unfinished = NAME + ".new";
    try (DiskFile file = disk.open(unfinished)) {
      file.truncate(0);
      file.write(
          ByteBuffer.wrap("term %d\n".formatted(term).getBytes(StandardCharsets.US_ASCII)), 0);
      file.force();
    }
    disk.rename(unfinished, NAME);
    disk.force();
    return term;
  }

  private static long read(Disk disk) throws IOException {
    try (DiskFile file = disk.open(NAME)) {
      ByteBuffer bytes = ByteBuffer.allocate(BYTES_MAX);
      file.read(bytes, 0);
      String text = StandardCharsets.US_ASCII.decode(bytes.flip()).toString();
      if (!text.startsWith("term ") || !text.endsWith("\n")) {
        throw new UnreadableFile.Corrupt(file.describe(), 0, "not the term of a member");
      }
      return Long.parseLong(text.substring("term ".length(), text.length() - 1));
    } catch (NumberFormatException noNumber) {
      throw new UnreadableFile.Corrupt(NAME, 0, "not the term of a member");
    }
  }
}
