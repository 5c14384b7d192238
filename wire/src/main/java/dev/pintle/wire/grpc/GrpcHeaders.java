package dev.pintle.wire.grpc;

import dev.pintle.wire.GrpcStatus;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;

/// The header blocks that answers are made of; what never changes is made once.
final class GrpcHeaders {
  static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
  static final AsciiString GRPC = AsciiString.cached("application/grpc");
  static final AsciiString ENCODING = AsciiString.cached("grpc-encoding");
  static final AsciiString TIMEOUT = AsciiString.cached("grpc-timeout");

  /// In which clients of etcd show who they are.
  static final AsciiString TOKEN = AsciiString.cached("token");

  private static final AsciiString STATUS = AsciiString.cached("grpc-status");
  private static final AsciiString MESSAGE = AsciiString.cached("grpc-message");
  private static final AsciiString DETAILS = AsciiString.cached("grpc-status-details-bin");
  private static final AsciiString RETRY_PUSHBACK = AsciiString.cached("grpc-retry-pushback-ms");
  private static final AsciiString ACCEPT_ENCODING = AsciiString.cached("grpc-accept-encoding");
  private static final AsciiString GZIP = AsciiString.cached(Gzip.NAME);
  private static final AsciiString HTTP_OK = AsciiString.cached("200");

  /// The head of an answer with messages.
  static final Http2Headers HEAD =
      ReadOnlyHttp2Headers.serverHeaders(false, HTTP_OK, CONTENT_TYPE, GRPC);

  static final Http2Headers HEAD_GZIP =
      ReadOnlyHttp2Headers.serverHeaders(false, HTTP_OK, CONTENT_TYPE, GRPC, ENCODING, GZIP);

  /// What follows the messages of a call that went well.
  static final Http2Headers TRAILERS_OK =
      ReadOnlyHttp2Headers.trailers(false, STATUS, AsciiString.cached("0"));

  private GrpcHeaders() {}

  /// What follows the messages.
  static Http2Headers trailers(GrpcStatus status) {
    return status.equals(GrpcStatus.OK)
        ? TRAILERS_OK
        : addStatus(new DefaultHttp2Headers(false), status);
  }

  /// An answer without messages: head and trailers in one block.
  static Http2Headers trailersOnly(int httpStatus, GrpcStatus status) {
    Http2Headers headers = new DefaultHttp2Headers(false).status(Integer.toString(httpStatus));
    return addStatus(headers.set(CONTENT_TYPE, GRPC), status);
  }

  /// The same, telling the client which compression it may use.
  static Http2Headers unknownEncoding(GrpcStatus status) {
    return trailersOnly(200, status).set(ACCEPT_ENCODING, GZIP);
  }

  private static Http2Headers addStatus(Http2Headers headers, GrpcStatus status) {
    headers.setInt(STATUS, status.code().number());
    if (!status.message().isEmpty()) {
      headers.set(MESSAGE, StatusText.percentEncoded(status.message()));
    }
    if (!status.detailsBase64().isEmpty()) {
      headers.set(DETAILS, status.detailsBase64());
    }
    if (status.retryAfterMillis() >= 0) {
      headers.setLong(RETRY_PUSHBACK, status.retryAfterMillis());
    }
    return headers;
  }
}
