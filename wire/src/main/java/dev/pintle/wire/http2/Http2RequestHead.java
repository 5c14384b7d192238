package dev.pintle.wire.http2;

import dev.pintle.wire.RequestHead;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.List;
import java.util.Optional;

/// The head of a request over HTTP/2; `host` is read from `:authority` where there is none.
final class Http2RequestHead implements RequestHead {
  private final String method;
  private final String target;
  private final int queryStart;
  private volatile HeaderFields fields;

  /// @param fields of `headers`
  Http2RequestHead(Http2Headers headers, HeaderFields fields) {
    this.method = headers.method().toString();
    this.target = headers.path().toString();
    this.queryStart = target.indexOf('?');
    this.fields = fields;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String target() {
    return target;
  }

  @Override
  public String path() {
    return queryStart < 0 ? target : target.substring(0, queryStart);
  }

  @Override
  public String query() {
    return queryStart < 0 ? "" : target.substring(queryStart + 1);
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(fields.first(name));
  }

  @Override
  public List<String> headers(String name) {
    return fields.all(name);
  }

  @Override
  public List<String> headerNames(String prefix) {
    return fields.names(prefix);
  }

  @Override
  public void forget(String name) {
    fields = fields.without(name);
  }

  @Override
  public String protocol() {
    return "HTTP/2";
  }
}
