package dev.pintle.wire;

import io.netty.buffer.ByteBufAllocator;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The facts about a caller that a unary call and a stream know alike.
public interface GrpcRequest {
  /// The `/package.Service/Method` that was called.
  String path();

  /// The certificate the client proved to own, when the listener asked for one.
  Optional<X509Certificate> clientCertificate();

  /// What the client sent to prove who it is: the value of its first header `token`, or else `authorization`; null when it sent neither.
  default @Nullable String authToken() {
    return null;
  }

  /// Whether somebody else than the caller speaks gRPC for it, so that the connection says nothing about who it is.
  default boolean isThroughGateway() {
    return false;
  }

  /// Who asks: equal for all requests of what counts as one client.
  Object client();

  ByteBufAllocator allocator();

  /// Runs `work` on the connection's event loop, never before this returns; not at all once the loop has ended.
  void later(Runnable work);

  /// Counts `bytes` of the request that are kept in memory while it waits (negative to uncount), until it ends. On the event loop.
  ///
  /// @return false, and nothing is counted, when there is no room for them
  boolean keep(int bytes);

  /// Room for the answer, the same at every call; asked for while the answer is collected, by one thread at a time. It is given
  /// back when the call ends.
  default AnswerRoom answerRoom() {
    return AnswerRoom.ENDLESS;
  }
}
