package dev.pintle.wire.http;

import dev.pintle.wire.ResponseHeaders;
import dev.pintle.wire.SocketReader;
import dev.pintle.wire.WebSocketTerms;
import dev.pintle.wire.budget.ConnectionAccount;
import dev.pintle.wire.budget.ReservedRoom;
import dev.pintle.wire.loop.LoopTurn;
import dev.pintle.wire.loop.OutboundGate;
import dev.pintle.wire.tls.ClientCertificate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.SocketAddress;

/// The way of one exchange to its client. On the event loop only, but for [#isWritable].
public interface HttpTransport {
  /// The length of an answer that only its end will tell.
  long UNKNOWN_LENGTH = -1;

  LoopTurn turn();

  ByteBufAllocator allocator();

  ClientCertificate clientCertificate();

  SocketAddress remoteAddress();

  Object client();

  ConnectionAccount account();

  /// Closes the connection once all that is open on it is answered.
  void closeConnection();

  /// Sends the head of the answer; `end` when no body follows.
  void head(int status, ResponseHeaders headers, long bodyBytes, boolean end);

  /// Sends a piece of the body, released by the transport.
  void piece(ByteBuf piece, boolean end);

  /// Goes on as a WebSocket: each piece is a message from now on.
  void goOnAsWebSocket(WebSocketTerms terms, SocketReader reader);

  /// Ends the answer so that the client can tell it is not whole.
  void cut();

  boolean isWritable();

  OutboundGate gate();

  /// Tells the one who waits for the gate, after the next flush, that it may be open.
  void announceLater();

  /// Somebody reads the body now (a client that asked before sending it may send).
  void wantBody();

  /// Lets the client send `bytes` of the body more.
  void consumed(int bytes);

  /// Counts `bytes` of a body that is being collected (negative to uncount). False, and not counted, when there is no room for
  /// them.
  boolean collecting(int bytes);

  /// Whether there is room for so many bytes of an answer to wait to be sent.
  boolean hasAnswerRoom(int bytes);

  ReservedRoom newAnswerRoom();
}
