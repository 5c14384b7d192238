package dev.pintle.wire.grpc;

import dev.pintle.wire.GrpcStatus.Code;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.ByteBufOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// The one message compression we speak.
final class Gzip {
  static final String NAME = "gzip";

  private static final int CHUNK_BYTES = 8192;

  private Gzip() {}

  /// A new buffer with `message` unpacked; refuses one that unpacks to more than `bytesMax`.
  static ByteBuf unpack(ByteBufAllocator allocator, ByteBuf message, int bytesMax) throws Refused {
    ByteBuf out =
        allocator.buffer(Math.min(bytesMax, Math.max(CHUNK_BYTES, message.readableBytes())));
    boolean whole = false;
    try (GZIPInputStream in = new GZIPInputStream(new ByteBufInputStream(message), CHUNK_BYTES)) {
      while (out.writeBytes(in, CHUNK_BYTES) >= 0) {
        if (out.readableBytes() > bytesMax) {
          throw new Refused(
              Code.RESOURCE_EXHAUSTED,
              "grpc: received message after decompression larger than max " + bytesMax);
        }
      }
      whole = true;
      return out;
    } catch (IOException malformed) {
      throw new Refused(
          Code.INTERNAL,
          "grpc: failed to decompress the received message: " + malformed.getMessage());
    } finally {
      if (!whole) {
        out.release();
      }
    }
  }

  /// A new buffer with `message` packed.
  static ByteBuf pack(ByteBufAllocator allocator, ByteBuf message) {
    ByteBuf out = allocator.buffer(Math.max(64, message.readableBytes() / 2));
    try (GZIPOutputStream gzip = new GZIPOutputStream(new ByteBufOutputStream(out), CHUNK_BYTES)) {
      message.readBytes(gzip, message.readableBytes());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out;
  }
}
