package dev.pintle.etcd.gateway;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.pintle.etcd.work.SlowWork;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.GrpcService;
import dev.pintle.wire.GrpcService.Inbound;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStatus.Code;
import dev.pintle.wire.HttpHandler;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The JSON gateway: everything below `/v3/`.
public final class Gateway implements HttpHandler {
  private static final GrpcStatus NOT_FOUND = new GrpcStatus(Code.NOT_FOUND, "Not Found");
  private static final GrpcStatus NOT_ALLOWED =
      new GrpcStatus(Code.UNIMPLEMENTED, "Method Not Allowed");
  private static final GrpcStatus TOO_LARGE =
      new GrpcStatus(Code.INVALID_ARGUMENT, "etcdserver: request is too large");

  /// Base64 takes four bytes for three, and a request may carry several values.
  private static final int JSON_BYTES_PER_BYTE = 2;

  private final GrpcService grpc;
  private final int bodyBytesMax;
  private final SlowWork printing;
  private @Nullable Routes routes;

  /// @param requestBytesMax largest request of the gRPC service
  public Gateway(GrpcService grpc, int requestBytesMax, SlowWork printing) {
    this.grpc = grpc;
    this.bodyBytesMax =
        (int) Math.min(Integer.MAX_VALUE, (long) requestBytesMax * JSON_BYTES_PER_BYTE);
    this.printing = printing;
  }

  @Override
  public void handle(Exchange exchange) {
    MethodDescriptor method = routes().find(exchange.head().path());
    if (method == null) {
      Answers.fail(exchange, NOT_FOUND);
    } else if (!exchange.head().method().equals("POST")) {
      Answers.fail(exchange, NOT_ALLOWED);
    } else {
      exchange.readBody(
          bodyBytesMax,
          body -> call(exchange, method, body),
          () -> Answers.fail(exchange, TOO_LARGE));
    }
  }

  /// Made by the first request: reading the descriptors is of no use to a server that nobody asks for JSON.
  private Routes routes() {
    Routes known = routes;
    if (known == null) {
      known = new Routes();
      routes = known;
    }
    return known;
  }

  private void call(Exchange exchange, MethodDescriptor method, ByteBuf body) {
    List<DynamicMessage> messages;
    try {
      messages = GatewayJson.messages(method.getInputType(), body);
    } catch (BadJson bad) {
      Answers.fail(exchange, new GrpcStatus(Code.INVALID_ARGUMENT, text(bad)));
      return;
    } finally {
      body.release();
    }
    switch (grpc.methods().get(Routes.grpcPath(method))) {
      case GrpcService.Unary unary -> {
        byte[] message = messages.isEmpty() ? new byte[0] : messages.getFirst().toByteArray();
        unary.call(new GatewayCall(method, exchange, printing), Unpooled.wrappedBuffer(message));
      }
      case GrpcService.Streaming streaming -> stream(exchange, method, streaming, messages);
      case null -> Answers.fail(exchange, NOT_FOUND);
    }
  }

  private static void stream(
      Exchange exchange,
      MethodDescriptor method,
      GrpcService.Streaming streaming,
      List<DynamicMessage> messages) {
    Inbound inbound = streaming.open(new GatewayStream(method, exchange));
    exchange.onAbort(inbound::aborted);
    for (DynamicMessage message : messages) {
      inbound.message(Unpooled.wrappedBuffer(message.toByteArray()));
    }
    inbound.halfClosed();
  }

  private static String text(BadJson bad) {
    return String.valueOf(bad.getMessage());
  }
}
