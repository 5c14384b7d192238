package dev.pintle.etcd.http;

import dev.pintle.wire.RequestHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/// The choice of whether an answer is compressed, as Prometheus' library makes it from `Accept-Encoding`.
final class ContentCoding {
  private static final int BUFFER_BYTES = 8 << 10;

  private ContentCoding() {}

  /// Of two that are wanted alike, what is not compressed comes first.
  static boolean isGzipWanted(RequestHead head) {
    double gzip = -1;
    double identity = -1;
    for (String header : head.headers("accept-encoding")) {
      for (String part : header.split(",", -1)) {
        String[] words = part.split(";", 2);
        double weight = words.length < 2 ? 1 : weight(words[1]);
        switch (words[0].strip().toLowerCase(Locale.ROOT)) {
          case "gzip" -> gzip = Math.max(gzip, weight);
          case "identity" -> identity = Math.max(identity, weight);
          case "*" -> {
            gzip = Math.max(gzip, weight);
            identity = Math.max(identity, weight);
          }
          default -> {}
        }
      }
    }
    return gzip > 0 && gzip > identity;
  }

  private static double weight(String parameter) {
    int equals = parameter.indexOf('=');
    try {
      return equals < 0 ? 1 : Double.parseDouble(parameter.substring(equals + 1).strip());
    } catch (NumberFormatException none) {
      return 0;
    }
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(BUFFER_BYTES);
    try (GZIPOutputStream out = new GZIPOutputStream(packed, BUFFER_BYTES)) {
      out.write(content);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return packed.toByteArray();
  }
}
