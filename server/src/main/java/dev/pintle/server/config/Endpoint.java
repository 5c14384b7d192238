package dev.pintle.server.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// An address to listen on.
///
/// @param host a name or an address, without brackets
/// @param port 0 to be given a free one
public record Endpoint(String host, int port) {
  private static final int PORT_MAX = 65_535;

  public Endpoint {
    if (host.isEmpty() || port < 0 || port > PORT_MAX) {
      throw new IllegalArgumentException(
          "%s:%d (expected: HOST:PORT with a port from 0 to %d)".formatted(host, port, PORT_MAX));
    }
  }

  /// Reads `HOST:PORT`; an address of version 6 stands in brackets.
  public static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    String port = text.substring(colon + 1);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      host = "";
    }
    if (host.isEmpty() || !port.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          "%s (expected: HOST:PORT, such as 127.0.0.1:2379, or [::1]:0)".formatted(text));
    }
    return new Endpoint(host, Integer.parseInt(port));
  }

  public Endpoint withPort(int newPort) {
    return new Endpoint(host, newPort);
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  /// Whether only this machine reaches it. Of names, `localhost` alone is known to.
  public boolean isLoopback() {
    if (host.equals("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException name) {
      return false;
    }
  }

  /// The host by which a client on this machine finds the address.
  public String reachable() {
    return switch (host) {
      case "0.0.0.0" -> "127.0.0.1";
      case "::" -> "::1";
      default -> host;
    };
  }

  /// A URL under which a client on this machine finds the address.
  public String url(String scheme) {
    return "%s://%s:%d".formatted(scheme, bracketed(reachable()), port);
  }

  @Override
  public String toString() {
    return bracketed(host) + ":" + port;
  }

  private static String bracketed(String host) {
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }
}
