package dev.pintle.kube.format;

import dev.pintle.kube.object.GoText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An address as Go's library reads it.
///
/// @param scheme in lower case, empty when there is none
/// @param user null when none is named
/// @param host with its port
public record GoUrl(
    String scheme, @Nullable String user, String host, String query, String fragment) {
  private static final String USER_SIGNS = "-._:~!$&'()*+,;=%@";
  private static final String HOST_SIGNS = "-_.~!$&'()*+,;=:[]<>\"";

  /// The fault of a text that is no address.
  public static final class Malformed extends Exception {
    Malformed(String message) {
      super(message, null, false, false);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }

  /// @throws Malformed in Go's words
  public static GoUrl parse(String text) throws Malformed {
    int hash = text.indexOf('#');
    String before = hash < 0 ? text : text.substring(0, hash);
    String fragment = hash < 0 ? "" : text.substring(hash + 1);
    try {
      GoUrl url = withoutFragment(before);
      requireEscapes(fragment);
      return new GoUrl(url.scheme, url.user, url.host, url.query, fragment);
    } catch (Malformed wrong) {
      throw new Malformed("parse %s: %s".formatted(GoText.quote(before), wrong.getMessage()));
    }
  }

  private static GoUrl withoutFragment(String text) throws Malformed {
    if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new Malformed("net/url: invalid control character in URL");
    }
    int colon = schemeEnd(text);
    String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = text.substring(colon + 1);
    int mark = rest.indexOf('?');
    String query = mark < 0 ? "" : rest.substring(mark + 1);
    rest = mark < 0 ? rest : rest.substring(0, mark);
    if (!rest.startsWith("/")) {
      if (!scheme.isEmpty()) {
        return new GoUrl(scheme, null, "", query, "");
      }
      int slash = rest.indexOf('/');
      if ((slash < 0 ? rest : rest.substring(0, slash)).indexOf(':') >= 0) {
        throw new Malformed("first path segment in URL cannot contain colon");
      }
    }
    if (!rest.startsWith("//") || (scheme.isEmpty() && rest.startsWith("///"))) {
      requireEscapes(rest);
      return new GoUrl(scheme, null, "", query, "");
    }
    int slash = rest.indexOf('/', 2);
    String authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
    int at = authority.lastIndexOf('@');
    String user = at < 0 ? null : authority.substring(0, at);
    String host = authority.substring(at + 1);
    requireHost(scheme, host);
    if (user != null) {
      requireUser(user);
    }
    requireEscapes(slash < 0 ? "" : rest.substring(slash));
    return new GoUrl(scheme, user, host, query, "");
  }

  /// Where the colon after the scheme is, -1 when there is no scheme.
  private static int schemeEnd(String text) throws Malformed {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ':') {
        if (i == 0) {
          throw new Malformed("missing protocol scheme");
        }
        return i;
      }
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean inner = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
      if (!letter && (!inner || i == 0)) {
        return -1;
      }
    }
    return -1;
  }

  private static void requireUser(String user) throws Malformed {
    for (int i = 0; i < user.length(); i++) {
      if (!isPlain(user.charAt(i)) && USER_SIGNS.indexOf(user.charAt(i)) < 0) {
        throw new Malformed("net/url: invalid userinfo");
      }
    }
    requireEscapes(user);
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static void requireHost(String scheme, String host) throws Malformed {
    int bracket = host.lastIndexOf('[');
    if (bracket > 0) {
      throw new Malformed("invalid IP-literal");
    }
    if (bracket == 0) {
      int end = host.lastIndexOf(']');
      if (end < 0) {
        throw new Malformed("missing ']' in host");
      }
      requirePort(host.substring(end + 1));
      requireAddress(host.substring(1, end));
      return;
    }
    // A list of hosts with ports is put up with where no web server is asked.
    boolean strict = scheme.equals("http") || scheme.equals("https");
    int colon = strict ? host.indexOf(':') : host.lastIndexOf(':');
    if (colon >= 0) {
      requirePort(host.substring(colon));
    }
    requireCharacters(host);
  }

  private static void requirePort(String port) throws Malformed {
    boolean sound =
        port.isEmpty()
            || port.equals(":")
            || (port.charAt(0) == ':' && Plain.isDigits(port, 1, port.length()));
    if (!sound) {
      throw new Malformed("invalid port %s after host".formatted(GoText.quote(port)));
    }
  }

  private static void requireAddress(String address) throws Malformed {
    int zone = address.indexOf("%25");
    String plain = zone < 0 ? address : address.substring(0, zone);
    if (Addresses.ip(plain).isEmpty() && plain.indexOf(':') < 0) {
      throw new Malformed("invalid IP-literal");
    }
    if (!Addresses.ip(plain).isEmpty()) {
      throw new Malformed(
          "invalid host: ParseAddr(%s): unable to parse IP".formatted(GoText.quote(plain)));
    }
  }

  private static void requireCharacters(String host) throws Malformed {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c == '%') {
        // Only what is no ASCII may be written so.
        String escape = host.substring(i, Math.min(i + 3, host.length()));
        boolean wide = isEscape(host, i) && Character.digit(host.charAt(i + 1), 16) >= 8;
        if (!wide) {
          throw new Malformed("invalid URL escape " + GoText.quote(escape));
        }
        i += 2;
      } else if (c < 0x80 && !isPlain(c) && HOST_SIGNS.indexOf(c) < 0) {
        throw new Malformed(
            "invalid character %s in host name".formatted(GoText.quote(String.valueOf(c))));
      }
    }
  }

  private static boolean isEscape(String text, int at) {
    return at + 2 < text.length()
        && Character.digit(text.charAt(at + 1), 16) >= 0
        && Character.digit(text.charAt(at + 2), 16) >= 0
        && text.charAt(at + 1) < 0x80
        && text.charAt(at + 2) < 0x80;
  }

  private static void requireEscapes(String text) throws Malformed {
    for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 3)) {
      if (!isEscape(text, i)) {
        byte[] rest = text.substring(i).getBytes(StandardCharsets.UTF_8);
        String shown = new String(rest, 0, Math.min(3, rest.length), StandardCharsets.UTF_8);
        throw new Malformed("invalid URL escape " + GoText.quote(shown));
      }
    }
  }
}
