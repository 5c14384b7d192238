package dev.pintle.member.local;

import dev.pintle.member.disk.Disk;
import dev.pintle.member.disk.DiskFile;
import dev.pintle.member.log.UnreadableFile;
import dev.pintle.member.log.UnreadableFile.Corrupt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The note in a member's folder of how its parts are kept: the file `backend`. Whoever moves the store replaces the file, in one
/// step, once everything that it names is there.
///
/// @param backend the name of the backend that the store was made with
/// @param store the folder of the store, within the member's
/// @param log the folder of the log, within the member's
/// @param sealed whether the store and the log are encrypted
public record StoreMark(String backend, String store, String log, boolean sealed) {
  /// What a folder is that was made before there was such a file.
  public static final StoreMark EARLIER = new StoreMark("rocksdb", "store", "log", false);

  static final String NAME = "backend";
  private static final String UNFINISHED = NAME + ".new";
  private static final String HEAD = "pintle store format ";
  private static final int VERSION = 1;
  private static final int BYTES_MAX = 4096;

  /// What the folder `disk` says; empty where no member was made yet.
  ///
  /// @throws UnreadableFile when the file is not one that this program can read
  public static Optional<StoreMark> read(Disk disk) throws IOException {
    if (!disk.exists(NAME)) {
      return MemberIdentity.isIn(disk) ? Optional.of(EARLIER) : Optional.empty();
    }
    try (DiskFile file = disk.open(NAME)) {
      ByteBuffer bytes = ByteBuffer.allocate(BYTES_MAX);
      file.read(bytes, 0);
      return Optional.of(
          parse(file.describe(), StandardCharsets.US_ASCII.decode(bytes.flip()).toString()));
    }
  }

  private static StoreMark parse(String file, String text) throws UnreadableFile {
    Map<String, String> lines = new HashMap<>();
    for (String line : text.lines().skip(1).toList()) {
      int space = line.indexOf(' ');
      lines.put(line.substring(0, Math.max(0, space)), line.substring(space + 1));
    }
    if (!text.startsWith(HEAD)) {
      throw new Corrupt(file, 0, "not the file that names the backend");
    }
    String version = text.lines().findFirst().orElse("").substring(HEAD.length());
    if (!version.equals(Integer.toString(VERSION))) {
      throw version.length() < 9 && version.chars().allMatch(Character::isDigit)
          ? new UnreadableFile.TooNew(file, Integer.parseInt("0" + version), VERSION)
          : new Corrupt(file, 0, "not the file that names the backend");
    }
    return new StoreMark(
        word(file, lines, "backend"),
        word(file, lines, "store"),
        word(file, lines, "log"),
        word(file, lines, "sealed").equals("yes"));
  }

  private static String word(String file, Map<String, String> lines, String name) throws Corrupt {
    String word = lines.getOrDefault(name, "");
    if (!isWord(word)) {
      throw new Corrupt(file, 0, "has no line \"%s NAME\"".formatted(name));
    }
    return word;
  }

  /// A name that leads nowhere but into the folder.
  private static boolean isWord(String text) {
    return !text.isEmpty()
        && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
  }

  /// Puts it in the place of what is there, in one step; durable when this returns.
  public void write(Disk disk) throws IOException {
    String text =
        "%s%d\nbackend %s\nstore %s\nlog %s\nsealed %s\n"
            .formatted(HEAD, VERSION, backend, store, log, sealed ? "yes" : "no");
    disk.delete(UNFINISHED);
    try (DiskFile file = disk.open(UNFINISHED)) {
      file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
      file.force();
    }
    disk.rename(UNFINISHED, NAME);
    disk.force();
  }
}
