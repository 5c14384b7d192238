package dev.pintle.etcd.http;

import dev.pintle.wire.Exchange;
import dev.pintle.wire.ResponseHeaders;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/// The answer of a port that serves gRPC alone to whatever else comes there.
public final class GrpcAlone {
  private static final int UNSUPPORTED_MEDIA_TYPE = 415;
  private static final byte[] TEXT =
      "gRPC alone is served here; HTTP is served at --listen-client-http-urls\n"
          .getBytes(StandardCharsets.UTF_8);

  private GrpcAlone() {}

  public static void refuse(Exchange exchange) {
    exchange.closeConnection();
    exchange.respond(
        UNSUPPORTED_MEDIA_TYPE,
        ResponseHeaders.of("text/plain; charset=utf-8"),
        Unpooled.wrappedBuffer(TEXT));
  }
}
