package dev.pintle.wire;

import io.netty.buffer.ByteBuf;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Consumer;

/// One HTTP request and its answer, the same for HTTP/1.1 and HTTP/2.
public interface Exchange {
  RequestHead head();

  /// The certificate the client proved to own, when the listener asked for one.
  Optional<X509Certificate> clientCertificate();

  /// Collects the whole body, at most `bytesMax` bytes (after the transfer encoding, before any content encoding), then
  /// calls `whole` once. The buffer is the callee's to release. A longer body is answered by `tooLarge` instead.
  void readBody(int bytesMax, Consumer<ByteBuf> whole, Runnable tooLarge);

  /// Answers once, whole. `body` is released by the wire. Content-Length and Date are added.
  void respond(int status, ResponseHeaders headers, ByteBuf body);

  /// Starts an answer of unknown length.
  BodyWriter startResponse(int status, ResponseHeaders headers);

  /// Runs `action` once if the client goes away or resets the stream before the answer is complete.
  void onAbort(Runnable action);

  /// A streamed answer. Nothing is buffered beyond the stream's window and the channel's write mark: look at
  /// [#isWritable] before each write; what is written while it is false is still queued, so write at most one piece.
  interface BodyWriter {
    /// Queues `piece` and releases it when sent; pieces written in one turn of the event loop are flushed together.
    void write(ByteBuf piece);

    boolean isWritable();

    /// Calls `action` each time the stream becomes writable again after it was not.
    void onWritable(Runnable action);

    void end();
  }
}
