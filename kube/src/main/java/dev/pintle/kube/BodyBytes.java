package dev.pintle.kube;

import dev.pintle.kube.status.Refusals;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/// The bytes of a body, unpacked, never more than the limit.
final class BodyBytes {
  private BodyBytes() {}

  static byte[] of(ByteBuf body, String encoding, int bytesMax) {
    byte[] bytes = ByteBufUtil.getBytes(body);
    return switch (encoding) {
      case "", "identity" -> bytes;
      case "gzip" -> unpacked(bytes, bytesMax);
      default -> throw Refusals.unsupportedMediaType("gzip, identity (as content-encoding)");
    };
  }

  private static byte[] unpacked(byte[] packed, int bytesMax) {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] bytes = gzip.readNBytes(bytesMax + 1);
      if (bytes.length > bytesMax) {
        throw Refusals.tooLarge(bytesMax);
      }
      return bytes;
    } catch (IOException broken) {
      throw Refusals.badRequest("gzip: " + broken.getMessage());
    }
  }
}
