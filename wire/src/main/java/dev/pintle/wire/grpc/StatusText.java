package dev.pintle.wire.grpc;

import java.nio.charset.StandardCharsets;

/// The encoding of `grpc-message`: UTF-8, with everything but printable ASCII (and `%` itself) percent-encoded.
final class StatusText {
  private static final String HEX = "0123456789ABCDEF";

  private StatusText() {}

  static String percentEncoded(String message) {
    for (int i = 0; i < message.length(); i++) {
      if (!isPlain(message.charAt(i))) {
        return encode(message.getBytes(StandardCharsets.UTF_8));
      }
    }
    return message;
  }

  private static String encode(byte[] utf8) {
    StringBuilder out = new StringBuilder(utf8.length + 16);
    for (byte b : utf8) {
      if (isPlain((char) (b & 0xff))) {
        out.append((char) b);
      } else {
        out.append('%').append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
      }
    }
    return out.toString();
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c <= '~' && c != '%';
  }
}
