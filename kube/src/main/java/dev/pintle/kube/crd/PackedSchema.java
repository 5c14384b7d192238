package dev.pintle.kube.crd;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.object.JsonReader;
import dev.pintle.kube.object.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.util.function.Supplier;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// The schema of a version as its definition has it, small: most schemas are as long as a book and asked for by nobody.
///
/// @param length of the JSON that was packed
@SuppressWarnings("ArrayRecordComponent")
record PackedSchema(byte[] packed, int length) implements Supplier<JsonObject> {
  private static final int CHUNK_BYTES = 8 * 1024;

  static PackedSchema of(@Nullable JsonObject schema) {
    byte[] json = JsonWriter.bytes(schema == null ? new JsonObject() : schema);
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(json);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] chunk = new byte[CHUNK_BYTES];
      while (!deflater.finished()) {
        out.write(chunk, 0, deflater.deflate(chunk));
      }
      return new PackedSchema(out.toByteArray(), json.length);
    } finally {
      deflater.end();
    }
  }

  /// The schema, as a tree of the caller's own.
  @Override
  public JsonObject get() {
    byte[] json = new byte[length];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      int read = 0;
      while (read < length && !inflater.finished()) {
        read += inflater.inflate(json, read, length - read);
      }
    } catch (DataFormatException broken) {
      throw new IllegalStateException("a packed schema (expected: what was packed)", broken);
    } finally {
      inflater.end();
    }
    return JsonReader.read(json) instanceof JsonObject schema ? schema : new JsonObject();
  }
}
