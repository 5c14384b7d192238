package dev.pintle.etcd.http;

import dev.pintle.wire.Exchange;
import dev.pintle.wire.HttpHandler;
import dev.pintle.wire.RequestHead;
import dev.pintle.wire.ResponseHeaders;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The guard that a request that is not gRPC meets first: it is heard, or told why it is not.
///
/// A page on the Internet can make a browser send requests to a port of the user's own machine: to its address, which `Origin` and
/// `Sec-Fetch-Site` tell, or to a name that its owner lets point there, which `Host` tells.
public final class AccessController implements HttpHandler {
  private static final int NOT_FOUND = 404;
  private static final int MISDIRECTED = 421;
  private static final String PLAIN = "text/plain; charset=utf-8";

  private final HttpAccess access;
  private final HttpHandler next;

  public AccessController(HttpAccess access, HttpHandler next) {
    this.access = access;
    this.next = next;
  }

  @Override
  public void handle(Exchange exchange) {
    switch (access) {
      case HttpAccess.LikeEtcd rules -> likeEtcd(rules, exchange);
      case HttpAccess.NoPages rules -> noPages(rules, exchange);
    }
  }

  private void likeEtcd(HttpAccess.LikeEtcd rules, Exchange exchange) {
    RequestHead head = exchange.head();
    String host = hostname(head);
    if (!rules.mayAddress(host)) {
      refuse(exchange, MISDIRECTED, unrecognized(host));
      return;
    }
    String origin = head.header("origin").orElse("");
    if (rules.isOpenToAll()) {
      allow(exchange, HttpAccess.ANY);
    } else if (rules.mayRead(origin)) {
      allow(exchange, origin);
    }
    if (head.method().equals("OPTIONS")) {
      exchange.respond(200, new ResponseHeaders(), Unpooled.EMPTY_BUFFER);
    } else if (!rules.gateway() && isOfGateway(head.path())) {
      refuse(exchange, NOT_FOUND, "404 page not found");
    } else {
      next.handle(exchange);
    }
  }

  private static boolean isOfGateway(String path) {
    return path.startsWith("/v3/") || path.startsWith("/v3beta/") || path.equals("/v3");
  }

  /// Lets pages of one origin, or of all, read the answer.
  private static void allow(Exchange exchange, String origin) {
    exchange.addHeader("access-control-allow-headers", "accept, content-type, authorization");
    exchange.addHeader("access-control-allow-methods", "POST, GET, OPTIONS, PUT, DELETE");
    exchange.addHeader("access-control-allow-origin", origin);
  }

  private void noPages(HttpAccess.NoPages rules, Exchange exchange) {
    RequestHead head = exchange.head();
    String host = hostname(head);
    String type = head.header("content-type").orElse("");
    if (!isOurs(rules, host)) {
      refuse(
          exchange,
          MISDIRECTED,
          "Host: %s (expected: localhost, an address, or the host of --etcd)".formatted(host));
    } else if (isOfAPage(head)) {
      refuse(
          exchange,
          403,
          "Origin or Sec-Fetch-Site (expected: neither; web pages are not served here)");
    } else if (head.method().equals("POST") && !isJson(type)) {
      refuse(exchange, 415, "Content-Type: %s (expected: application/json)".formatted(type));
    } else {
      next.handle(exchange);
    }
  }

  private static boolean isOurs(HttpAccess.NoPages rules, String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return rules.hosts().contains(HttpAccess.ANY)
        || rules.hosts().contains(name)
        || name.equals("localhost")
        || isAddress(name);
  }

  private static boolean isAddress(String name) {
    boolean four =
        !name.isEmpty() && name.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    return four || name.startsWith("[") || name.indexOf(':') >= 0;
  }

  /// A browser says `none` of what its user typed.
  private static boolean isOfAPage(RequestHead head) {
    return head.header("origin").isPresent()
        || head.header("sec-fetch-site").filter(site -> !site.equals("none")).isPresent();
  }

  /// Whatever else names its type may be a form, or text, which any page may send unasked.
  private static boolean isJson(String contentType) {
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return type.isEmpty() || type.strip().equalsIgnoreCase("application/json");
  }

  /// What is addressed, without its port and the brackets of an address of version 6.
  private static String hostname(RequestHead head) {
    String host = head.header("host").orElse("");
    int colon = host.lastIndexOf(':');
    if (host.startsWith("[")) {
      return colon > 0 && host.charAt(colon - 1) == ']' ? host.substring(1, colon - 1) : host;
    }
    return colon >= 0 && host.indexOf(':') == colon ? host.substring(0, colon) : host;
  }

  /// In etcd's words.
  private static String unrecognized(String host) {
    return """

    etcd received your request, but the Host header was unrecognized.

    To fix this, choose one of the following options:
    - Enable TLS, then any HTTPS request will be allowed.
    - Add the hostname you want to use to the whitelist in settings.
      - e.g. etcd --host-whitelist "%s"

    This requirement has been added to help prevent "DNS Rebinding" attacks (CVE-2018-5702).
    """
        .formatted(host.replace("\\", "\\\\").replace("\"", "\\\""));
  }

  private static void refuse(Exchange exchange, int status, String why) {
    exchange.respond(
        status,
        ResponseHeaders.of(PLAIN).add("x-content-type-options", "nosniff"),
        Unpooled.wrappedBuffer((why + "\n").getBytes(StandardCharsets.UTF_8)));
  }
}
