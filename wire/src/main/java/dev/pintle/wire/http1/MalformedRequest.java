package dev.pintle.wire.http1;

import dev.pintle.wire.ResponseHeaders;
import dev.pintle.wire.SharedLimit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The reason why a request over HTTP/1.1 cannot be read; the connection ends with it.
record MalformedRequest(int status, String text, @Nullable SharedLimit limit) {
  static final MalformedRequest LATE = new MalformedRequest(408, "408 Request Timeout");
  static final MalformedRequest BAD_BODY =
      new MalformedRequest(400, "400 Bad Request: malformed body");

  private static final MalformedRequest LINE_TOO_LONG =
      new MalformedRequest(414, "414 URI Too Long");
  private static final MalformedRequest HEADERS_TOO_LARGE =
      new MalformedRequest(431, "431 Request Header Fields Too Large");
  private static final MalformedRequest MALFORMED = new MalformedRequest(400, "400 Bad Request");
  private static final MalformedRequest NO_HOST =
      new MalformedRequest(400, "400 Bad Request: missing required Host header");
  private static final MalformedRequest SEVERAL_HOSTS =
      new MalformedRequest(400, "400 Bad Request: too many Host headers");
  private static final MalformedRequest UNKNOWN_VERSION =
      new MalformedRequest(505, "505 HTTP Version Not Supported: unsupported protocol version");
  private static final MalformedRequest UNKNOWN_EXPECTATION =
      new MalformedRequest(417, "417 Expectation Failed");

  private static final MalformedRequest UNKNOWN_ENCODING =
      new MalformedRequest(501, "Unsupported transfer encoding");

  private MalformedRequest(int status, String text) {
    this(status, text, null);
  }

  /// There is no room for it.
  static MalformedRequest noRoom(SharedLimit limit) {
    return new MalformedRequest(429, "Too many requests, please try again later.", limit);
  }

  ResponseHeaders headers() {
    ResponseHeaders headers = ResponseHeaders.of("text/plain; charset=utf-8");
    return limit == null ? headers : headers.add(SharedLimit.HEADER, limit.text());
  }

  static @Nullable MalformedRequest of(HttpRequest request) {
    boolean http11 = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    if (http11 && !isEncodingKnown(request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING))) {
      return UNKNOWN_ENCODING;
    }
    if (request.decoderResult().isFailure()) {
      return ofCause(request.decoderResult().cause());
    }
    if (!http11 && !request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      return UNKNOWN_VERSION;
    }
    int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
    if (hosts > 1) {
      return SEVERAL_HOSTS;
    }
    if (http11 && hosts == 0) {
      return NO_HOST;
    }
    String expectation = request.headers().get(HttpHeaderNames.EXPECT);
    if (expectation != null && !expectation.equalsIgnoreCase("100-continue")) {
      return UNKNOWN_EXPECTATION;
    }
    return null;
  }

  /// Only `chunked`, and only once: what another server in the way takes for the body must be what we take for it.
  private static boolean isEncodingKnown(List<String> encodings) {
    return encodings.isEmpty()
        || (encodings.size() == 1 && encodings.getFirst().equalsIgnoreCase("chunked"));
  }

  private static MalformedRequest ofCause(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return LINE_TOO_LONG;
    }
    return cause instanceof TooLongHttpHeaderException ? HEADERS_TOO_LARGE : MALFORMED;
  }

  ByteBuf body(ByteBufAllocator allocator) {
    return ByteBufUtil.writeAscii(allocator, text + "\n");
  }
}
