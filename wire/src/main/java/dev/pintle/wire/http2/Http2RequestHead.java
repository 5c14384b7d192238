package dev.pintle.wire.http2;

import dev.pintle.wire.RequestHead;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The head of a request over HTTP/2; `host` is read from `:authority`.
final class Http2RequestHead implements RequestHead {
  private final Http2Headers headers;
  private final String method;
  private final String target;
  private final int queryStart;

  Http2RequestHead(Http2Headers headers) {
    this.headers = headers;
    this.method = headers.method().toString();
    this.target = headers.path().toString();
    this.queryStart = target.indexOf('?');
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
    CharSequence value = headers.get(name);
    if (value == null && name.equals("host")) {
      value = headers.authority();
    }
    return Optional.ofNullable(value).map(CharSequence::toString);
  }

  @Override
  public List<String> headers(String name) {
    return headers.getAll(name).stream().map(CharSequence::toString).toList();
  }

  @Override
  public List<String> headerNames(String prefix) {
    List<String> found = new ArrayList<>(0);
    for (Map.Entry<CharSequence, CharSequence> header : headers) {
      if (AsciiString.regionMatches(header.getKey(), false, 0, prefix, 0, prefix.length())) {
        found.add(header.getKey().toString());
      }
    }
    return found.stream().distinct().toList();
  }

  @Override
  public String protocol() {
    return "HTTP/2";
  }
}
