package dev.pintle.kube.connection;

import dev.pintle.kube.encode.Reply;
import dev.pintle.kube.status.StatusErrors;
import dev.pintle.wire.RequestHead;
import dev.pintle.wire.WebSocketHandshake;
import java.util.List;
import java.util.Locale;

/// The headers by which a client asks that its connection goes on in another protocol. Whoever asks in vain is told so before anybody is
/// connected.
record StreamUpgrade(RequestHead head) {
  private static final String PROTOCOLS = "sec-websocket-protocol";
  private static final String CLOSING_STREAMS = "v5.channel.k8s.io";

  /// Whether any other protocol is asked for, whichever; the word may be a part of another.
  boolean isAsked() {
    return head.headers("connection").stream().anyMatch(StreamUpgrade::names);
  }

  private static boolean names(String connection) {
    return connection.toLowerCase(Locale.ROOT).contains("upgrade");
  }

  /// Only what stands in the first header of that name counts.
  private boolean speaks(String wanted) {
    return List.of(head.header(PROTOCOLS).orElse("").split(",", -1)).stream()
        .anyMatch(protocol -> protocol.strip().equals(wanted));
  }

  /// @throws dev.pintle.kube.status.StatusError where no other protocol is asked for
  void require() {
    if (!isAsked()) {
      throw StatusErrors.badRequest("Upgrade request required");
    }
  }

  /// Answers whoever would have their streams carried by the server itself, and does not say so as a WebSocket has to.
  ///
  /// @return whether that was answered; all else is for whom the connection leads to
  boolean refused(Reply reply) {
    return WebSocketHandshake.isAsked(head) && speaks(CLOSING_STREAMS) && refusesHandshake(reply);
  }

  private boolean refusesHandshake(Reply reply) {
    return switch (WebSocketHandshake.of(head)) {
      case WebSocketHandshake.Refused refused -> {
        reply.handshakeRefused(refused);
        yield true;
      }
      case WebSocketHandshake.Accepted _ -> false;
    };
  }
}
