package dev.pintle.member.local;

import dev.pintle.member.disk.Disk;
import dev.pintle.member.disk.DiskFile;
import dev.pintle.member.log.UnreadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The identity of this member, and the mark that the folder is a member's: the file `format`, the first one written
/// and the first one read.
///
/// @param raftTerm of this run
record MemberIdentity(long clusterId, long memberId, long raftTerm) {
  private static final String NAME = "format";
  private static final int VERSION = 1;
  private static final int BYTES_MAX = 1024;
  private static final Pattern FORM =
      Pattern.compile(
          "pintle member format (\\d{1,9})\n(?:cluster ([0-9a-f]{16})\nmember ([0-9a-f]{16})\n)?.*",
          Pattern.DOTALL);

  static MemberIdentity random(LongSupplier random) {
    return new MemberIdentity(nonZero(random), nonZero(random), RaftTerm.FIRST);
  }

  private static long nonZero(LongSupplier random) {
    long number = random.getAsLong();
    return number == 0 ? 1 : number;
  }

  /// Whether the folder `disk` is that of a member.
  static boolean isIn(Disk disk) throws IOException {
    return disk.exists(NAME);
  }

  /// Reads the identity of the member in the folder `disk`, or gives a new member one, and begins its next term.
  static MemberIdentity begin(Disk disk, LongSupplier random) throws IOException {
    MemberIdentity identity = readOrCreate(disk, random);
    return new MemberIdentity(identity.clusterId, identity.memberId, RaftTerm.next(disk));
  }

  /// Reads the identity of the member in the folder `disk`, or gives a new member one.
  static MemberIdentity readOrCreate(Disk disk, LongSupplier random) throws IOException {
    if (!disk.exists(NAME)) {
      return create(disk, random);
    }
    try (DiskFile file = disk.open(NAME)) {
      ByteBuffer bytes = ByteBuffer.allocate(BYTES_MAX);
      file.read(bytes, 0);
      return parse(file.describe(), StandardCharsets.US_ASCII.decode(bytes.flip()).toString());
    }
  }

  private static MemberIdentity create(Disk disk, LongSupplier random) throws IOException {
    MemberIdentity identity = random(random);
    String text =
        "pintle member format %d\ncluster %016x\nmember %016x\n"
            .formatted(VERSION, identity.clusterId, identity.memberId);
    String unfinished = NAME + ".new";
    try (DiskFile file = disk.open(unfinished)) {
      file.truncate(0);
      file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
      file.force();
    }
    disk.rename(unfinished, NAME);
    disk.force();
    return identity;
  }

  private static MemberIdentity parse(String file, String text) throws UnreadableFile {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new UnreadableFile.Corrupt(file, 0, "not the format file of a member");
    }
    int version = Integer.parseInt(form.group(1));
    if (version > VERSION) {
      throw new UnreadableFile.TooNew(file, version, VERSION);
    }
    if (version < VERSION) {
      throw new UnreadableFile.TooOld(file, version, VERSION);
    }
    if (form.group(2) == null) {
      throw new UnreadableFile.Corrupt(file, 0, "names no cluster and no member");
    }
    return new MemberIdentity(
        Long.parseUnsignedLong(form.group(2), 16),
        Long.parseUnsignedLong(form.group(3), 16),
        RaftTerm.FIRST);
  }
}
