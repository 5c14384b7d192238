package dev.pintle.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// The verdict on a request to go on as a WebSocket (RFC 6455, 4.2), judged as Go's server does.
public sealed interface WebSocketHandshake {
  /// The version that is spoken, and named to whoever asks for another.
  String VERSION = "13";

  /// A handshake that is complete.
  ///
  /// @param accept the answer to the client's key
  /// @param protocols what the client would speak, in its order; empty for nothing in particular
  record Accepted(String accept, List<String> protocols) implements WebSocketHandshake {}

  /// A handshake that is not.
  ///
  /// @param text for people
  /// @param tellsVersion whether the answer names [#VERSION] in the header `sec-websocket-version`
  record Refused(int status, String text, boolean tellsVersion) implements WebSocketHandshake {}

  /// Whether the request asks for a WebSocket; of a server that does not know it, such a request is any other. HTTP/2 has no such
  /// request.
  static boolean isAsked(RequestHead head) {
    return "websocket".equalsIgnoreCase(head.header("upgrade").orElse(""))
        && head.headers("connection").stream().anyMatch(WebSocketHandshake::upgrades);
  }

  /// The word may be a part of another.
  private static boolean upgrades(String connection) {
    return connection.toLowerCase(Locale.ROOT).contains("upgrade");
  }

  static WebSocketHandshake of(RequestHead head) {
    String key = head.header("sec-websocket-key").orElse("");
    if (!head.method().equals("GET")) {
      return new Refused(405, "bad method", false);
    } else if (!isAsked(head) || !upgrades(head.header("connection").orElse(""))) {
      return new Refused(400, "not websocket protocol", false);
    } else if (key.isEmpty()) {
      return new Refused(400, "mismatch challenge/response", false);
    } else if (!head.header("sec-websocket-version").orElse("").equals(VERSION)) {
      return new Refused(400, "missing or bad WebSocket Version", true);
    } else if (hasBody(head)) {
      // It would be read as frames.
      return new Refused(400, "unexpected body of a WebSocket request", false);
    }
    return new Accepted(accept(key), protocols(head));
  }

  private static boolean hasBody(RequestHead head) {
    return head.header("transfer-encoding").isPresent()
        || !head.header("content-length").orElse("0").equals("0");
  }

  /// Only what stands in the first header of that name counts.
  private static List<String> protocols(RequestHead head) {
    String named = head.header("sec-websocket-protocol").orElse("").strip();
    return named.isEmpty()
        ? List.of()
        : Arrays.stream(named.split(",", -1)).map(String::strip).toList();
  }

  private static String accept(String key) {
    try {
      byte[] joined =
          (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(joined));
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException(absent);
    }
  }
}
