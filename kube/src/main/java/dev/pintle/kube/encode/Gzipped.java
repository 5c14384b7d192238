package dev.pintle.kube.encode;

import dev.pintle.wire.RequestHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// The packing of whole answers, quickly rather than well.
public final class Gzipped {
  private static final int TO_A_QUARTER = 4;
  private static final int CODINGS_MAX = 32;

  private Gzipped() {}

  /// Whether the client takes packed answers.
  public static boolean isAccepted(RequestHead head) {
    return head.header("accept-encoding").map(accepted -> accepted.contains("gzip")).orElse(false);
  }

  /// Whether the client takes packed answers, and does not weigh them as nothing.
  public static boolean isWanted(RequestHead head) {
    for (String coding : head.header("accept-encoding").orElse("").split(",", CODINGS_MAX)) {
      String[] parts = coding.split(";", 2);
      if (parts[0].strip().equalsIgnoreCase("gzip")) {
        String weight = parts.length < 2 ? "" : parts[1].replace(" ", "");
        return !weight.startsWith("q=0") || weight.chars().anyMatch(c -> c >= '1' && c <= '9');
      }
    }
    return false;
  }

  public static byte[] bytes(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / TO_A_QUARTER);
    try (GZIPOutputStream gzip =
        new GZIPOutputStream(packed) {
          {
            def.setLevel(Deflater.BEST_SPEED);
          }
        }) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException("gzip", e);
    }
    return packed.toByteArray();
  }
}
