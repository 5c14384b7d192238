package dev.pintle.kube;

import dev.pintle.kube.chain.ClientGoneException;
import dev.pintle.kube.status.StatusError;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.wire.Exchange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.zip.GZIPInputStream;

/// The reader of a request's body: waits for all of it, and unpacks it.
final class BodyBytes {
  private BodyBytes() {}

  /// Waits for the whole body; on a thread that may wait.
  ///
  /// @param bytesMax how long it may be, packed and unpacked
  /// @throws dev.pintle.kube.status.StatusError when it is too long, or cannot be unpacked
  static byte[] await(Exchange exchange, int bytesMax) {
    CompletableFuture<byte[]> arrived = new CompletableFuture<>();
    exchange.readBody(
        bytesMax,
        body -> arrived.complete(copied(body)),
        () -> arrived.completeExceptionally(StatusErrors.tooLarge(bytesMax)));
    exchange.onAbort(() -> arrived.completeExceptionally(new ClientGoneException()));
    return unpacked(get(arrived), exchange.head().header("content-encoding").orElse(""), bytesMax);
  }

  private static byte[] get(CompletableFuture<byte[]> arrived) {
    try {
      return arrived.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof StatusError refused ? refused : new ClientGoneException();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ClientGoneException();
    }
  }

  private static byte[] copied(ByteBuf body) {
    try {
      return ByteBufUtil.getBytes(body);
    } finally {
      body.release();
    }
  }

  private static byte[] unpacked(byte[] bytes, String encoding, int bytesMax) {
    return switch (encoding) {
      case "", "identity" -> bytes;
      case "gzip" -> gunzipped(bytes, bytesMax);
      default -> throw StatusErrors.unsupportedMediaType("gzip, identity (as content-encoding)");
    };
  }

  private static byte[] gunzipped(byte[] packed, int bytesMax) {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] bytes = gzip.readNBytes(bytesMax + 1);
      if (bytes.length > bytesMax) {
        throw StatusErrors.tooLarge(bytesMax);
      }
      return bytes;
    } catch (IOException broken) {
      throw StatusErrors.badRequest("gzip: " + broken.getMessage());
    }
  }
}
