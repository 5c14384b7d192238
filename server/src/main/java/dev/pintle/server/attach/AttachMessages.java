package dev.pintle.server.attach;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The words that the two processes exchange: one says which flags it was started with, the other what became of it.
final class AttachMessages {
  /// What both must agree on; another build may speak otherwise.
  static final int VERSION = 1;

  private static final int FLAGS_MAX = 4096;
  private static final int TEXT_BYTES_MAX = 1 << 20;

  private AttachMessages() {}

  static void writeFlags(DataOutputStream out, List<String> flags) throws IOException {
    out.writeInt(VERSION);
    out.writeInt(flags.size());
    for (String flag : flags) {
      writeText(out, flag);
    }
    out.flush();
  }

  static List<String> readFlags(DataInputStream in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException("version %d (expected: %d)".formatted(version, VERSION));
    }
    int count = bounded(in.readInt(), FLAGS_MAX);
    List<String> flags = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      flags.add(readText(in));
    }
    return flags;
  }

  static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(bounded(in.readInt(), TEXT_BYTES_MAX)), StandardCharsets.UTF_8);
  }

  private static int bounded(int length, int max) throws IOException {
    if (length < 0 || length > max) {
      throw new IOException("length %d (expected: at most %d)".formatted(length, max));
    }
    return length;
  }
}
