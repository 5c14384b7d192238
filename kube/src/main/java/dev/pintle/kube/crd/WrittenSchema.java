package dev.pintle.kube.crd;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.store.JsonScan;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// The schema of a version as its definition has it: text that is as long as a book and mostly asked for by nobody, so that it is read
/// when somebody does, and kept small once [#pack] was called. For any threads.
final class WrittenSchema implements Supplier<JsonObject> {
  private static final int CHUNK_BYTES = 8 * 1024;
  private static final byte[] DEFAULT = ascii("\"default\":");
  private static final byte[] PROPERTIES = ascii("properties");
  private static final byte[] STATUS = ascii("status");

  private final int length;
  private final long checksum;
  private volatile Text text;

  /// A state of the text; whoever sees one sees it whole.
  private sealed interface Text {
    /// The JSON as it was written.
    @SuppressWarnings("ArrayRecordComponent")
    record Plain(byte[] json) implements Text {}

    /// The JSON made small, with what would be asked of it.
    ///
    /// @param digest SHA-256 of the JSON
    @SuppressWarnings("ArrayRecordComponent")
    record Packed(byte[] deflated, byte[] digest, boolean mayFillInStatus) implements Text {}
  }

  /// @param json an object as our own writer makes it
  WrittenSchema(byte[] json) {
    CRC32C sum = new CRC32C();
    sum.update(json);
    this.checksum = sum.getValue() << Integer.SIZE | json.length;
    this.length = json.length;
    this.text = new Text.Plain(json);
  }

  /// Equal for equal texts, and for others by chance alone: enough to see a change.
  long checksum() {
    return checksum;
  }

  /// SHA-256 of the text.
  byte[] digest() {
    return switch (text) {
      case Text.Plain(byte[] json) -> sha256(json);
      case Text.Packed packed -> packed.digest();
    };
  }

  /// Whether its `status` may have a default somewhere.
  boolean mayFillInStatus() {
    return switch (text) {
      case Text.Plain(byte[] json) -> mayFillInStatus(json);
      case Text.Packed packed -> packed.mayFillInStatus();
    };
  }

  private static boolean mayFillInStatus(byte[] json) {
    int status = JsonScan.at(json, PROPERTIES, STATUS);
    if (status < 0) {
      return false;
    }
    int end = JsonScan.valueEnd(json, status) - DEFAULT.length;
    for (int i = status; i <= end; i++) {
      if (json[i] == '"'
          && Arrays.equals(json, i, i + DEFAULT.length, DEFAULT, 0, DEFAULT.length)) {
        return true;
      }
    }
    return false;
  }

  /// The schema, as a tree of the caller's own.
  @Override
  public JsonObject get() {
    return JsonReader.read(json()) instanceof JsonObject schema ? schema : new JsonObject();
  }

  /// Makes it small.
  void pack() {
    if (text instanceof Text.Plain(byte[] json)) {
      text = new Text.Packed(deflated(json), sha256(json), mayFillInStatus(json));
    }
  }

  private byte[] json() {
    return switch (text) {
      case Text.Plain(byte[] json) -> json;
      case Text.Packed packed -> inflated(packed.deflated());
    };
  }

  private static byte[] deflated(byte[] json) {
    try (Deflater deflater = new Deflater(Deflater.BEST_SPEED)) {
      deflater.setInput(json);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] chunk = new byte[CHUNK_BYTES];
      while (!deflater.finished()) {
        out.write(chunk, 0, deflater.deflate(chunk));
      }
      return out.toByteArray();
    }
  }

  private byte[] inflated(byte[] deflated) {
    byte[] json = new byte[length];
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(deflated);
      int read = 0;
      while (read < length && !inflater.finished()) {
        read += inflater.inflate(json, read, length - read);
      }
    } catch (DataFormatException broken) {
      throw new IllegalStateException("a packed schema (expected: what was packed)", broken);
    }
    return json;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 (expected: in every JDK)", e);
    }
  }
}
