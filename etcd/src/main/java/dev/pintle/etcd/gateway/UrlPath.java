package dev.pintle.etcd.gateway;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;

/// The paths of requests as Go's server sees them: decoded, and without detours, to where who takes one is redirected.
public final class UrlPath {
  private UrlPath() {}

  /// `path` with what is percent-encoded in it decoded.
  public static String decoded(String path) {
    if (path.indexOf('%') < 0) {
      return path;
    }
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    int to = 0;
    for (int from = 0; from < bytes.length; from++) {
      boolean hex =
          bytes[from] == '%'
              && from + 2 < bytes.length
              && HexFormat.isHexDigit(bytes[from + 1])
              && HexFormat.isHexDigit(bytes[from + 2]);
      if (hex) {
        bytes[to++] =
            (byte)
                (HexFormat.fromHexDigit(bytes[from + 1]) << 4
                    | HexFormat.fromHexDigit(bytes[from + 2]));
        from += 2;
      } else {
        bytes[to++] = bytes[from];
      }
    }
    return new String(bytes, 0, to, StandardCharsets.UTF_8);
  }

  /// `path` without empty parts, `.` and `..`; a slash at its end stays.
  public static String clean(String path) {
    if (!path.contains("//") && !path.contains("/.")) {
      return path;
    }
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      switch (part) {
        case "", "." -> {}
        case ".." -> parts.pollLast();
        default -> parts.addLast(part);
      }
    }
    boolean folder = path.endsWith("/") && !parts.isEmpty();
    return "/" + String.join("/", parts) + (folder ? "/" : "");
  }

  /// `path` as it stands in a URL.
  public static String encoded(String path) {
    StringBuilder text = new StringBuilder(path.length());
    for (byte next : path.getBytes(StandardCharsets.UTF_8)) {
      if (next > ' ' && next < 0x7f && "\"%<>?#[\\]^`{|}".indexOf(next) < 0) {
        text.append((char) next);
      } else {
        text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(next));
      }
    }
    return text.toString();
  }

  /// `url` as it stands in a page.
  public static String escaped(String url) {
    return url.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&#34;")
        .replace("'", "&#39;");
  }
}
