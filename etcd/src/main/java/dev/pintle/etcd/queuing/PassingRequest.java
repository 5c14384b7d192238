package dev.pintle.etcd.queuing;

import dev.pintle.wire.AnswerRoom;
import dev.pintle.wire.GrpcRequest;
import io.netty.buffer.ByteBufAllocator;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request on its way through the gate: what the gate does not ask about it is asked of the request as it came.
interface PassingRequest extends GrpcRequest {
  /// The request as it came.
  GrpcRequest origin();

  @Override
  default String path() {
    return origin().path();
  }

  @Override
  default Optional<X509Certificate> clientCertificate() {
    return origin().clientCertificate();
  }

  @Override
  default @Nullable String authToken() {
    return origin().authToken();
  }

  @Override
  default boolean isThroughGateway() {
    return origin().isThroughGateway();
  }

  @Override
  default Object client() {
    return origin().client();
  }

  @Override
  default ByteBufAllocator allocator() {
    return origin().allocator();
  }

  @Override
  default AnswerRoom answerRoom() {
    return origin().answerRoom();
  }

  @Override
  default void later(Runnable work) {
    origin().later(work);
  }

  @Override
  default boolean keep(int bytes) {
    return origin().keep(bytes);
  }
}
