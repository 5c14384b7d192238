package dev.pintle.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Consumer;

/// One HTTP request and its answer, the same for HTTP/1.1 and HTTP/2. Every method may be called from any thread; what is
/// called back is called on the connection's event loop. An answer after the client went away is released and forgotten.
public interface Exchange {
  /// The status of an exchange that was over before anything was answered.
  int UNANSWERED = 0;

  RequestHead head();

  /// The certificate the client proved to own, when the listener asked for one.
  Optional<X509Certificate> clientCertificate();

  /// Whether the client showed a certificate that leads to none of the listener's authorities.
  boolean clientCertificateRefused();

  SocketAddress remoteAddress();

  /// Equal for all exchanges and calls of one client, as [SharedLimits] tells clients apart.
  Object client();

  /// The limit in spite of which the connection was let in so that this request could say who sends it; empty for none. Only who must be
  /// served whatever others do is to be: all else is to be refused, and its connection closed, see [#closeConnection].
  default Optional<SharedLimit> beyond() {
    return Optional.empty();
  }

  /// Whether a client that was let in beyond a limit is served, now that it is known what it is owed. Who has no claim is not, nor
  /// who has one to last where few places are left and its address holds one. An address whose client was not served has only
  /// half of the places for a while.
  default boolean isServedBeyond(BeyondClaim claim) {
    return claim != BeyondClaim.NONE;
  }

  /// Says what the client is owed that asks from now on: what is asked for by who is owed a [BeyondClaim#CONNECTION] comes before what
  /// others ask for, and the last of the room for requests and answers is kept for it.
  default void owes(BeyondClaim claim) {}

  /// Closes the connection once this request is answered.
  default void closeConnection() {}

  ByteBufAllocator allocator();

  /// Room for the answer, the same at every call; asked for while the answer is collected, by one thread at a time. It is given
  /// back when the exchange ends.
  AnswerRoom answerRoom();

  /// Collects the whole body, at most `bytesMax` bytes (after the transfer encoding, before any content encoding), then
  /// calls `whole` once. The buffer is the callee's to release. A longer body is answered by `tooLarge` instead. One that does
  /// not come in time is answered 408, one that there is no room for 429; to the handler the client has then gone.
  void readBody(int bytesMax, Consumer<ByteBuf> whole, Runnable tooLarge);

  /// Gives the body to `reader` piece by piece, as it arrives. Instead of [#readBody].
  void streamBody(BodyReader reader);

  /// Delivers no more of a streamed body until [#resumeBody]; the client soon has to wait.
  void pauseBody();

  void resumeBody();

  /// Answers once, whole. `body` is released by the wire. Content-Length and Date are added.
  void respond(int status, ResponseHeaders headers, ByteBuf body);

  /// Answers whole in place of whoever else would, to whom the client has then gone: what they answer is forgotten. An answer that has
  /// begun is cut instead; nothing happens when the exchange is over. `body` is released by the wire, and is not of a pool: a wire that
  /// has stopped does not.
  void preempt(int status, ResponseHeaders headers, ByteBuf body);

  /// Ends the exchange without an answer, or in the middle of it, so that its client can tell: over HTTP/1.1 the connection is closed, over
  /// HTTP/2 the stream is reset. To whoever else would answer the client has then gone. Nothing happens when the exchange is over.
  void abandon();

  /// Adds a header to the answer, whoever gives it; before it is given.
  default void addHeader(String name, String value) {
    addHeaders(new ResponseHeaders().add(name, value));
  }

  /// Adds headers to the answer, whoever gives it; before it is given. Of an exchange that is not answered they are never asked for.
  void addHeaders(AnswerHeaders several);

  /// Tells that what is added from here on belongs to the handler's answer, and not to one that [#preempt] gives in its place.
  void beginHandlerHeaders();

  /// Starts an answer of unknown length.
  BodyWriter startResponse(int status, ResponseHeaders headers);

  /// Answers by going on as a WebSocket, where the client asked for it and the handshake was [WebSocketHandshake.Accepted]: each piece that
  /// is written is one message, and the end closes it. What the client sends is passed over; one that closes, or does not keep to the
  /// protocol, has gone away. Nothing that was added to the answer's head is sent.
  ///
  /// @throws IllegalStateException over HTTP/2, which has no such requests
  BodyWriter startWebSocket(WebSocketTerms terms);

  /// As [#startWebSocket(WebSocketTerms)], with somebody who reads what the client sends.
  default BodyWriter startWebSocket(WebSocketTerms terms, SocketReader reader) {
    throw new UnsupportedOperationException("nobody reads the messages of this exchange");
  }

  /// Counts `bytes` that are kept of what the client of a WebSocket said (negative to uncount); whoever counts uncounts them when the
  /// exchange ends. On the event loop.
  ///
  /// @return false, and nothing is counted, when there is no room for them
  default boolean keep(int bytes) {
    return true;
  }

  /// Runs `action` once, beside those given before, if the client goes away or resets the stream before the answer is complete.
  /// At once when it has gone already.
  void onAbort(Runnable action);

  /// Runs `work` on the connection's event loop, never before this returns; not at all once the loop has ended.
  void later(Runnable work);

  /// Tells `listener` once, beside those given before, that the exchange is over, however it came to its end: answered, streamed
  /// to the end, cut, answered by the wire in place of the handler, or left by its client. It is told before the last byte of a whole
  /// answer leaves, so that whoever has the answer also sees what the listener did; at once when the exchange is over already.
  void onEnd(EndListener listener);

  /// Calls `action`, beside those given before, when the listener wants to close: an answer that has no end of its own should end
  /// now, or it is cut when the grace is over.
  void onDraining(Runnable action);

  /// A listener to the end of an exchange.
  @FunctionalInterface
  interface EndListener {
    /// @param status what was answered, also of an answer that is not whole, or [#UNANSWERED]
    /// @param bytes how much of the answer's body was given to the connection
    void ended(int status, long bytes);
  }

  /// A taker of the pieces of a streamed body.
  interface BodyReader {
    /// `piece` is valid during the call only, unless retained.
    void piece(ByteBuf piece);

    void end();
  }

  /// A streamed answer. Nothing is buffered beyond the stream's window and the channel's write mark: look at
  /// [#isWritable] before each write; what is written while it is false is still queued, so write at most one piece.
  interface BodyWriter {
    /// Queues `piece` and releases it when sent; pieces written in one turn of the event loop are flushed together.
    void write(ByteBuf piece);

    boolean isWritable();

    /// Calls `action` each time the stream becomes writable again after it was not. It may be called once too often,
    /// never too seldom.
    void onWritable(Runnable action);

    void end();

    /// Ends the answer so that the client can tell it is not whole.
    void cut();
  }
}
