package dev.pintle.etcd.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Locale;

/// The choice of characters that are written as escapes within a JSON string.
enum StringEscapes {
  /// Those that JSON asks for.
  NEEDED,

  /// Also those that mean something in a web page, as Go writes the lines of a stream.
  FOR_PAGES;

  void write(ByteBuf out, String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      append(json, text.charAt(i));
    }
    ByteBufUtil.writeUtf8(out, json.append('"'));
  }

  private void append(StringBuilder json, char next) {
    switch (next) {
      case '"', '\\' -> json.append('\\').append(next);
      case '\b' -> json.append("\\b");
      case '\f' -> json.append("\\f");
      case '\n' -> json.append("\\n");
      case '\r' -> json.append("\\r");
      case '\t' -> json.append("\\t");
      case '<', '>', '&', '\u2028', '\u2029' -> {
        if (this == FOR_PAGES) {
          json.append(inHex(next));
        } else {
          json.append(next);
        }
      }
      default -> {
        if (next < ' ') {
          json.append(inHex(next));
        } else {
          json.append(next);
        }
      }
    }
  }

  private static String inHex(char next) {
    return String.format(Locale.ROOT, "\\u%04x", (int) next);
  }
}
