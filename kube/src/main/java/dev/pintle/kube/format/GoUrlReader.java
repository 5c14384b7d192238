package dev.pintle.kube.format;

import dev.pintle.kube.object.GoText;
import java.util.Locale;

/// The reader of URLs by the rules of Go's `net/url`, with its complaints.
///
/// @param whole what complaints name
/// @param request whether it must be what the first line of a request can hold
record GoUrlReader(String whole, boolean request) {
  static GoUrl read(String text, boolean request) {
    int hash = request ? -1 : text.indexOf('#');
    String before = hash < 0 ? text : text.substring(0, hash);
    GoUrl read = new GoUrlReader(before, request).read();
    if (hash < 0) {
      return read;
    }
    String fragment = text.substring(hash + 1);
    new GoUrlReader(text, request).requireEscapes(fragment);
    return new GoUrl(read.scheme(), read.user(), read.host(), read.path(), read.query(), fragment);
  }

  private GoUrl read() {
    if (whole.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw wrong("net/url: invalid control character in URL");
    }
    if (whole.isEmpty() && request) {
      throw wrong("empty url");
    }
    if (whole.equals("*")) {
      return new GoUrl("", null, "", "*", "", "");
    }
    int colon = schemeEnd();
    String scheme = whole.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = whole.substring(colon == 0 ? 0 : colon + 1);
    int mark = rest.indexOf('?');
    String query = mark < 0 ? "" : rest.substring(mark + 1);
    rest = mark < 0 ? rest : rest.substring(0, mark);
    if (!rest.startsWith("/")) {
      if (!scheme.isEmpty()) {
        return new GoUrl(scheme, null, "", "", query, "");
      }
      requireRelative(rest);
    }
    boolean hasHost =
        rest.startsWith("//") && (!scheme.isEmpty() || (!request && !rest.startsWith("///")));
    String authority = "";
    if (hasHost) {
      int slash = rest.indexOf('/', 2);
      authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
      rest = slash < 0 ? "" : rest.substring(slash);
    }
    int at = authority.lastIndexOf('@');
    String host = host(scheme, authority.substring(at + 1));
    String user = at < 0 ? null : authority.substring(0, at);
    if (user != null) {
      requireUser(user);
    }
    requireEscapes(rest);
    return new GoUrl(scheme, user, host, rest, query, "");
  }

  private AddressException wrong(String why) {
    return new AddressException("parse %s: %s".formatted(GoText.quote(whole), why));
  }

  /// Where the colon behind the scheme stands, 0 when there is no scheme.
  private int schemeEnd() {
    for (int i = 0; i < whole.length(); i++) {
      char c = whole.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
      if (c == ':') {
        if (i == 0) {
          throw wrong("missing protocol scheme");
        }
        return i;
      }
      if (!letter && (!other || i == 0)) {
        return 0;
      }
    }
    return 0;
  }

  private void requireRelative(String rest) {
    if (request) {
      throw wrong("invalid URI for request");
    }
    int slash = rest.indexOf('/');
    if ((slash < 0 ? rest : rest.substring(0, slash)).indexOf(':') >= 0) {
      throw wrong("first path segment in URL cannot contain colon");
    }
  }

  private void requireUser(String user) {
    for (int i = 0; i < user.length(); i++) {
      char c = user.charAt(i);
      if (!UrlEscapes.isAlphanumeric(c) && "-._:~!$&'()*+,;=%@".indexOf(c) < 0) {
        throw wrong("net/url: invalid userinfo");
      }
    }
    requireEscapes(user);
  }

  private void requireEscapes(String part) {
    String bad = UrlEscapes.malformed(part);
    if (!bad.isEmpty()) {
      throw wrong("invalid URL escape " + GoText.quote(bad));
    }
  }

  private String host(String scheme, String host) {
    int open = host.lastIndexOf('[');
    if (open > 0) {
      throw wrong("invalid IP-literal");
    }
    if (open == 0) {
      return literal(host);
    }
    boolean strict = scheme.equals("http") || scheme.equals("https");
    int colon = strict ? host.indexOf(':') : host.lastIndexOf(':');
    if (colon >= 0) {
      requirePort(host.substring(colon));
    }
    return unescapedHost(host);
  }

  private String literal(String host) {
    int close = host.lastIndexOf(']');
    if (close < 0) {
      throw wrong("missing ']' in host");
    }
    String port = host.substring(close + 1);
    requirePort(port);
    String name = host.substring(1, close);
    int zone = name.indexOf("%25");
    String unescaped =
        zone < 0
            ? unescapedHost(name)
            : unescapedHost(name.substring(0, zone))
                + UrlEscapes.decoded(name.substring(zone), false);
    NetAddressReader.Read address;
    try {
      address = NetAddressReader.read(unescaped);
    } catch (AddressException malformed) {
      throw wrong("invalid host: " + malformed.getMessage());
    }
    if (address.bytes().length == 4) {
      throw wrong("invalid IP-literal");
    }
    return "[" + unescaped + "]" + port;
  }

  private void requirePort(String port) {
    if (!isPort(port)) {
      throw wrong("invalid port %s after host".formatted(GoText.quote(port)));
    }
  }

  /// Whether a text is nothing, or a colon and digits.
  static boolean isPort(String text) {
    return text.isEmpty()
        || (text.charAt(0) == ':' && text.chars().skip(1).allMatch(c -> c >= '0' && c <= '9'));
  }

  /// In hosts only what is no ASCII may be escaped, and much may not be there at all.
  private String unescapedHost(String host) {
    requireEscapes(host);
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c == '%') {
        String escape = host.substring(i, i + 3);
        if (host.charAt(i + 1) < '8' && !escape.equals("%25")) {
          throw wrong("invalid URL escape " + GoText.quote(escape));
        }
      } else if (c < 0x80 && !UrlEscapes.isUnreserved(c) && "!$&'()*+,;=:[]<>\"".indexOf(c) < 0) {
        throw wrong("invalid character %s in host name".formatted(GoText.quote(String.valueOf(c))));
      }
    }
    return UrlEscapes.decoded(host, false);
  }
}
