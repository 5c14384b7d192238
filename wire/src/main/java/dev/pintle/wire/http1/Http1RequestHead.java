package dev.pintle.wire.http1;

import dev.pintle.wire.RequestHead;
import io.netty.handler.codec.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The head of a request over HTTP/1.1. A target in absolute form is cut to its path.
final class Http1RequestHead implements RequestHead {
  private final HttpRequest request;
  private final String target;
  private final int queryStart;

  Http1RequestHead(HttpRequest request) {
    this.request = request;
    this.target = originForm(request.uri());
    this.queryStart = target.indexOf('?');
  }

  private static String originForm(String uri) {
    int scheme = uri.startsWith("/") ? -1 : uri.indexOf("://");
    if (scheme < 0) {
      return uri;
    }
    int path = uri.indexOf('/', scheme + 3);
    return path < 0 ? "/" : uri.substring(path);
  }

  @Override
  public String method() {
    return request.method().name();
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
    return Optional.ofNullable(request.headers().get(name));
  }

  @Override
  public List<String> headers(String name) {
    return request.headers().getAll(name);
  }

  @Override
  public List<String> headerNames(String prefix) {
    List<String> found = new ArrayList<>(0);
    for (Map.Entry<String, String> header : request.headers()) {
      String name = header.getKey();
      if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
        found.add(name.toLowerCase(Locale.ROOT));
      }
    }
    return found.stream().distinct().toList();
  }

  @Override
  public void forget(String name) {
    request.headers().remove(name);
  }

  @Override
  public void replace(String name, String value) {
    request.headers().set(name, value);
  }

  @Override
  public String protocol() {
    return request.protocolVersion().text();
  }
}
