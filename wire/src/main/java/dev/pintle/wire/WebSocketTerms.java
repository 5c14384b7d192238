package dev.pintle.wire;

/// The terms on which a connection goes on as a WebSocket.
///
/// @param accept the answer to the client's key, see [WebSocketHandshake]
/// @param protocol the protocol of the client's that is spoken inside; empty for none
/// @param text whether messages are text, which is then UTF-8, and not bytes
public record WebSocketTerms(String accept, String protocol, boolean text) {
  public WebSocketTerms {
    requireOneLine(accept, "accept");
    requireOneLine(protocol, "protocol");
  }

  private static void requireOneLine(String value, String name) {
    if (value.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new IllegalArgumentException(
          "websocket %s: control character (expected: none)".formatted(name));
    }
  }
}
