package dev.pintle.server.config;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// A URL of etcd's, by which something is listened on or reached: `http://HOST:PORT`, `https://HOST:PORT`, `unix://PATH` or
/// `unixs://PATH`, the latter with TLS.
///
/// @param scheme in lower case
/// @param authority what stands between the slashes and the path
/// @param path of a socket; empty for those with a port
public record ListenUrl(String scheme, String authority, String path) {
  private static final String SLASHES = "://";

  /// Reads one.
  ///
  /// @throws IllegalArgumentException in etcd's words
  public static ListenUrl parse(String given) {
    String text = given.strip();
    int slashes = text.indexOf(SLASHES);
    String scheme = slashes < 0 ? "" : text.substring(0, slashes).toLowerCase(Locale.ROOT);
    if (slashes < 0 && text.indexOf(':') >= 0 && !startsWithScheme(text)) {
      throw new IllegalArgumentException(
          "parse \"%s\": first path segment in URL cannot contain colon".formatted(text));
    }
    if (!List.of("http", "https", "unix", "unixs").contains(scheme)) {
      throw new IllegalArgumentException("URL scheme must be http, https, unix, or unixs: " + text);
    }
    String behind = text.substring(slashes + SLASHES.length());
    int slash = behind.indexOf('/');
    ListenUrl url =
        new ListenUrl(
            scheme,
            slash < 0 ? behind : behind.substring(0, slash),
            slash < 0 ? "" : behind.substring(slash));
    if (!url.isSocketFile()) {
      if (!url.hasPort()) {
        throw new IllegalArgumentException(
            "URL address does not have the form \"host:port\": " + text);
      }
      if (!url.path().isEmpty()) {
        throw new IllegalArgumentException("URL must not contain a path: " + text);
      }
    }
    return url;
  }

  /// Those of a list with commas between, each once, in the order of their texts.
  ///
  /// @throws IllegalArgumentException in etcd's words
  public static List<ListenUrl> parseAll(String text) {
    TreeMap<String, ListenUrl> sorted = new TreeMap<>();
    Arrays.stream(text.split(",", -1))
        .map(ListenUrl::parse)
        .forEach(url -> sorted.put(url.text(), url));
    return List.copyOf(sorted.values());
  }

  /// Whether the socket is a file.
  public boolean isSocketFile() {
    return scheme.startsWith("unix");
  }

  /// Whether it is spoken to with TLS.
  public boolean isSecure() {
    return scheme.endsWith("s");
  }

  /// The file of a socket.
  public String file() {
    return authority + path;
  }

  /// Where one with a port is bound.
  ///
  /// @throws IllegalArgumentException in etcd's words, for a name of a host
  public Endpoint endpoint() {
    int colon = authority.lastIndexOf(':');
    String host = authority.substring(0, colon);
    if (!host.equals("localhost") && !isAddress(host)) {
      throw new IllegalArgumentException("expected IP in URL for binding (%s)".formatted(text()));
    }
    try {
      return Endpoint.parse(authority);
    } catch (IllegalArgumentException bad) {
      throw new IllegalArgumentException(
          "%s: no port (expected: HOST:PORT)".formatted(text()), bad);
    }
  }

  /// The host that it names; brackets are left out.
  public String host() {
    int colon = authority.lastIndexOf(':');
    String host = colon < 0 ? authority : authority.substring(0, colon);
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  public String text() {
    return scheme + SLASHES + authority + path;
  }

  @Override
  public String toString() {
    return text();
  }

  /// As Go splits it: one colon that is not within brackets.
  private boolean hasPort() {
    int colon = authority.lastIndexOf(':');
    if (colon < 0 || colon < authority.indexOf(']')) {
      return false;
    }
    String host = authority.substring(0, colon);
    return host.indexOf(':') < 0 || (host.startsWith("[") && host.endsWith("]"));
  }

  private static boolean isAddress(String host) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    try {
      return !bare.isEmpty() && InetAddress.ofLiteral(bare) != null;
    } catch (IllegalArgumentException name) {
      return false;
    }
  }

  private static boolean startsWithScheme(String text) {
    char first = text.charAt(0);
    return (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
  }
}
