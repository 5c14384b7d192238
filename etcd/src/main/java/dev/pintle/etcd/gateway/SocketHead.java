package dev.pintle.etcd.gateway;

import dev.pintle.wire.RequestHead;
import java.util.List;
import java.util.Optional;

/// The head of a call that comes over a WebSocket: a page cannot set the header `authorization` there, and says what would stand in it
/// as a protocol, `Bearer` and the token behind it, or in the cookie `token`.
record SocketHead(RequestHead upgrade) implements RequestHead {
  private static final String AUTHORIZATION = "authorization";
  private static final String BEARER = "Bearer";
  private static final String TOKEN_COOKIE = "token=";

  /// The protocol that is agreed to; empty for none.
  static String protocol(RequestHead upgrade) {
    return protocols(upgrade).startsWith(BEARER) ? BEARER : "";
  }

  private static String protocols(RequestHead upgrade) {
    return upgrade.header("sec-websocket-protocol").orElse("");
  }

  private Optional<String> authorization() {
    for (String cookies : upgrade.headers("cookie")) {
      for (String cookie : cookies.split(";", -1)) {
        if (cookie.strip().startsWith(TOKEN_COOKIE)) {
          return Optional.of(BEARER + ' ' + cookie.strip().substring(TOKEN_COOKIE.length()));
        }
      }
    }
    String protocols = protocols(upgrade);
    int token = protocols.indexOf(BEARER + ',');
    return token < 0
        ? Optional.empty()
        : Optional.of(BEARER + ' ' + protocols.substring(token + BEARER.length() + 1).strip());
  }

  @Override
  public String method() {
    return "POST";
  }

  @Override
  public String target() {
    return upgrade.target();
  }

  @Override
  public String path() {
    return upgrade.path();
  }

  @Override
  public String query() {
    return upgrade.query();
  }

  @Override
  public Optional<String> header(String name) {
    return name.equals(AUTHORIZATION) ? authorization() : Optional.empty();
  }

  @Override
  public List<String> headers(String name) {
    return header(name).map(List::of).orElse(List.of());
  }

  @Override
  public List<String> headerNames(String prefix) {
    return AUTHORIZATION.startsWith(prefix) && authorization().isPresent()
        ? List.of(AUTHORIZATION)
        : List.of();
  }

  @Override
  public String protocol() {
    return upgrade.protocol();
  }
}
