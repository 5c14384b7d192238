package dev.pintle.kube.encode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// A stream that is packed piece by piece.
final class GzipPieces {
  private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
  private final GZIPOutputStream gzip;

  GzipPieces() {
    try {
      gzip =
          new GZIPOutputStream(packed) {
            {
              def.setLevel(Deflater.BEST_SPEED);
            }
          };
    } catch (IOException e) {
      throw new UncheckedIOException("gzip", e);
    }
  }

  /// What can be sent once `plain` was added; may be empty.
  ByteBuffer piece(ByteBuffer plain, boolean last) {
    try {
      gzip.write(plain.array(), plain.arrayOffset() + plain.position(), plain.remaining());
      if (last) {
        gzip.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("gzip", e);
    }
    ByteBuffer piece = ByteBuffer.wrap(packed.toByteArray());
    packed.reset();
    return piece;
  }
}
