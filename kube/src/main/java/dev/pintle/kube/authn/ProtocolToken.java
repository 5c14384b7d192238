package dev.pintle.kube.authn;

import dev.pintle.wire.RequestHead;
import dev.pintle.wire.WebSocketHandshake;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// The bearer token that the client of a WebSocket shows among the protocols it would speak, since a page can set no other header.
sealed interface ProtocolToken {
  /// What is before the token.
  String PREFIX = "base64url.bearer.authorization.k8s.io.";

  String PROTOCOLS = "sec-websocket-protocol";

  /// There is none.
  record None() implements ProtocolToken {}

  /// There is something that is not one.
  record Malformed() implements ProtocolToken {}

  /// A token as the client showed it.
  ///
  /// @param others the protocols beside it, as one value of the header
  record Shown(String token, String others) implements ProtocolToken {}

  static ProtocolToken of(RequestHead head) {
    return WebSocketHandshake.isAsked(head) ? read(head.headers(PROTOCOLS)) : new None();
  }

  private static ProtocolToken read(List<String> values) {
    List<String> others = new ArrayList<>();
    List<String> tokens = new ArrayList<>();
    for (String value : values) {
      for (String protocol : value.split(",", -1)) {
        String name = protocol.strip();
        if (name.startsWith(PREFIX)) {
          tokens.add(name.substring(PREFIX.length()));
        } else {
          others.add(name);
        }
      }
    }
    if (tokens.isEmpty()) {
      return new None();
    }
    if (tokens.size() > 1) {
      return new Malformed();
    }
    return decoded(tokens.getFirst(), others);
  }

  /// One protocol at least must be left to be spoken.
  private static ProtocolToken decoded(String encoded, List<String> others) {
    try {
      if (encoded.indexOf('=') >= 0) {
        return new Malformed();
      }
      byte[] bytes = Base64.getUrlDecoder().decode(encoded);
      String token = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (token.isEmpty()) {
        return new None();
      }
      return others.isEmpty() ? new Malformed() : new Shown(token, String.join(",", others));
    } catch (IllegalArgumentException | CharacterCodingException unreadable) {
      return new Malformed();
    }
  }
}
