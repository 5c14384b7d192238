package dev.pintle.kube.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A file that the build made, cut into its sections.
///
/// Magic, version, then sections, each with its length before it. The build writes the file and the
/// program that reads it together, so that any other version is a broken build.
record PackedFile(List<ByteBuffer> sections) {
  private static final int MAGIC = 0x5054_5950;
  private static final int VERSION = 1;

  static PackedFile read(String name) {
    ByteBuffer bytes = resource(name);
    if (bytes.getInt() != MAGIC || bytes.getInt() != VERSION) {
      throw new IllegalStateException(
          "%s: not a file of types of version %d (expected: from this build)"
              .formatted(name, VERSION));
    }
    List<ByteBuffer> sections = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int length = bytes.getInt();
      sections.add(bytes.slice(bytes.position(), length));
      bytes.position(bytes.position() + length);
    }
    return new PackedFile(List.copyOf(sections));
  }

  static ByteBuffer resource(String name) {
    try (InputStream in = PackedFile.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            "%s: missing (expected: made by the build)".formatted(name));
      }
      return ByteBuffer.wrap(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + name, e);
    }
  }
}
