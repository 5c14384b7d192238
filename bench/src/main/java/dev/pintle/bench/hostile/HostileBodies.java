package dev.pintle.bench.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/// Bodies of requests that are large, deep or repeat themselves.
final class HostileBodies {
  private static final int MEGABYTE = 1 << 20;
  private static final int COLLIDING_BITS = 16;

  private HostileBodies() {}

  static byte[] text(String... parts) {
    return String.join("", parts).getBytes(StandardCharsets.UTF_8);
  }

  static String digits(int count) {
    return "1".repeat(count);
  }

  /// `count` pieces with commas between.
  static String list(int count, IntFunction<String> piece) {
    return IntStream.range(0, count).mapToObj(piece).collect(Collectors.joining(","));
  }

  /// The `number`th of 65 536 texts that have one and the same hash on the JVM.
  static String colliding(int number) {
    StringBuilder text = new StringBuilder();
    for (int bit = 0; bit < COLLIDING_BITS; bit++) {
      text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return text.toString();
  }

  /// Zeros that are small until they are unpacked.
  static byte[] packedZeros(int megabytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      byte[] zeros = new byte[MEGABYTE];
      for (int i = 0; i < megabytes; i++) {
        gzip.write(zeros);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
