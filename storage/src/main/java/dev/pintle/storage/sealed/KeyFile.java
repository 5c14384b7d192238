package dev.pintle.storage.sealed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The user's file of keys: each a line of 32 bytes in Base64, as `openssl rand -base64 32` writes it. Empty lines and those that
/// begin with `#` are skipped. The first key encrypts, all of them decrypt.
public final class KeyFile {
  private static final int BYTES_MAX = 64 << 10;

  private final Path file;
  private final List<MasterKey> keys;

  private KeyFile(Path file, List<MasterKey> keys) {
    this.file = file;
    this.keys = keys;
  }

  /// @throws IOException when it cannot be read, or holds no key, or something else; the message holds no part of it
  public static KeyFile read(Path file) throws IOException {
    if (Files.size(file) > BYTES_MAX) {
      throw new IOException(file + ": is too large for a file of keys");
    }
    List<MasterKey> keys = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        keys.add(key(file, number, text));
      }
    }
    if (keys.isEmpty()) {
      throw new IOException(file + ": holds no key (expected: lines of 32 bytes in Base64)");
    }
    return new KeyFile(file, keys);
  }

  private static MasterKey key(Path file, int number, String text) throws IOException {
    try {
      return new MasterKey(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException bad) {
      throw new IOException(
          "%s: line %d is no key (expected: 32 bytes in Base64)".formatted(file, number), bad);
    }
  }

  Path file() {
    return file;
  }

  MasterKey first() {
    return keys.getFirst();
  }

  Optional<MasterKey> find(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }
}
