package dev.pintle.etcd.gateway;

import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.pintle.wire.AnswerRoom;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.GrpcRequest;
import dev.pintle.wire.RequestHead;
import io.netty.buffer.ByteBufAllocator;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A gateway request as the gRPC handlers see it.
abstract class GatewayRequest implements GrpcRequest {
  /// An answer is there as key-values, as a message, as a tree of it, and as JSON, with values in base64.
  private static final long PRINTING_COST = 6;

  /// A longer body is read, and a longer answer printed, where clients take turns.
  static final int AT_ONCE_BYTES_MAX = 64 << 10;

  private final MethodDescriptor method;
  private final Exchange exchange;
  private final RequestHead head;

  GatewayRequest(MethodDescriptor method, Exchange exchange, RequestHead head) {
    this.method = method;
    this.exchange = exchange;
    this.head = head;
  }

  MethodDescriptor method() {
    return method;
  }

  Exchange exchange() {
    return exchange;
  }

  /// What the client said beside its messages; over a WebSocket not what stands in the head of the exchange.
  RequestHead head() {
    return head;
  }

  /// A header for gRPC goes before the one for HTTP.
  @Override
  public @Nullable String authToken() {
    return head.header("grpc-metadata-token").or(() -> head.header("authorization")).orElse(null);
  }

  @Override
  public boolean isThroughGateway() {
    return true;
  }

  @Override
  public String path() {
    return Routes.grpcPath(method);
  }

  @Override
  public Optional<X509Certificate> clientCertificate() {
    return exchange.clientCertificate();
  }

  @Override
  public AnswerRoom answerRoom() {
    AnswerRoom room = exchange.answerRoom();
    return new AnswerRoom() {
      @Override
      public Grant take(long bytes) {
        return room.take(PRINTING_COST * bytes);
      }

      @Override
      public void give(long bytes) {
        room.give(PRINTING_COST * bytes);
      }
    };
  }

  @Override
  public Object client() {
    return exchange.client();
  }

  @Override
  public void later(Runnable work) {
    exchange.later(work);
  }

  /// The body counts until the request is answered, and is longer than what is made of it.
  @Override
  public boolean keep(int bytes) {
    return true;
  }

  @Override
  public ByteBufAllocator allocator() {
    return exchange.allocator();
  }
}
