package dev.pintle.kube.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// The escapes of URLs: a percent sign and two digits for a byte.
final class UrlEscapes {
  private static final String IN_PATHS = "$&+,/:;=@";
  private static final String ENCODED_IN_PATHS = "!$&'()*+,;=:@[]%";

  private UrlEscapes() {}

  static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  static boolean isUnreserved(char c) {
    return isAlphanumeric(c) || "-_.~".indexOf(c) >= 0;
  }

  private static boolean isHex(String text, int at) {
    return at < text.length()
        && text.charAt(at) < 0x80
        && Character.digit(text.charAt(at), 16) >= 0;
  }

  /// The first escape that is none, empty when all are.
  static String malformed(String text) {
    for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 3)) {
      if (!isHex(text, i + 1) || !isHex(text, i + 2)) {
        return text.substring(i, Math.min(text.length(), i + 3));
      }
    }
    return "";
  }

  static boolean isWellFormed(String text) {
    return malformed(text).isEmpty();
  }

  /// @param query whether a plus sign is a space
  static String decoded(String text, boolean query) {
    if (text.indexOf('%') < 0 && !(query && text.indexOf('+') >= 0)) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%' && i + 2 < bytes.length) {
        out.write(Character.digit(bytes[i + 1], 16) << 4 | Character.digit(bytes[i + 2], 16));
        i += 2;
      } else {
        out.write(query && bytes[i] == '+' ? ' ' : bytes[i]);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /// Whether a path may stand in a URL as it is written.
  static boolean isEncodedPath(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c != '/' && !isUnreserved(c) && ENCODED_IN_PATHS.indexOf(c) < 0) {
        return path.equals("*");
      }
    }
    return true;
  }

  static String path(String decoded) {
    StringBuilder path = new StringBuilder();
    for (byte one : decoded.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (one & 0xff);
      if (c < 0x80 && (isUnreserved(c) || IN_PATHS.indexOf(c) >= 0)) {
        path.append(c);
      } else {
        path.append("%%%02X".formatted((int) c));
      }
    }
    return path.toString();
  }
}
