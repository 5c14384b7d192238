package dev.pintle.etcd.gateway;

import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.pintle.etcd.status.DecodingUnary;
import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.etcd.work.SlowWork;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.Exchange.BodyWriter;
import dev.pintle.wire.GrpcService;
import dev.pintle.wire.GrpcService.Streaming;
import dev.pintle.wire.GrpcService.Unary;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStatus.Code;
import dev.pintle.wire.HttpHandler;
import dev.pintle.wire.RequestHead;
import dev.pintle.wire.SocketReader;
import dev.pintle.wire.WebSocketHandshake;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The JSON gateway: everything below `/v3/`.
public final class Gateway implements HttpHandler {
  private static final GrpcStatus NOT_FOUND = new GrpcStatus(Code.NOT_FOUND, "Not Found");
  private static final GrpcStatus NOT_ALLOWED =
      new GrpcStatus(Code.UNIMPLEMENTED, "Method Not Allowed");

  /// Base64 takes four bytes for three, and a request may carry several values, names and blanks.
  private static final int JSON_BYTES_PER_BYTE = 2;

  private static final byte[] NO_BYTES = new byte[0];

  private final GrpcService grpc;
  private final int messageBytesMax;
  private final int bodyBytesMax;
  private final SlowWork slowWork;
  private @Nullable Routes routes;

  /// @param messageBytesMax largest message of the gRPC service
  public Gateway(GrpcService grpc, int messageBytesMax, SlowWork slowWork) {
    this.grpc = grpc;
    this.messageBytesMax = messageBytesMax;
    this.bodyBytesMax =
        (int) Math.min(Integer.MAX_VALUE, (long) messageBytesMax * JSON_BYTES_PER_BYTE);
    this.slowWork = slowWork;
  }

  @Override
  public void handle(Exchange exchange) {
    if (WebSocketHandshake.isAsked(exchange.head())) {
      GatewaySocket.open(exchange, writer -> converse(exchange, writer));
      return;
    }
    MethodDescriptor method = routes().find(UrlPath.decoded(exchange.head().path()));
    String meant = meantMethod(exchange.head());
    if (method == null) {
      Answers.fail(exchange, NOT_FOUND);
    } else if (!exchange.head().method().equals("POST")
        || !(meant.isEmpty() || meant.equals("POST"))) {
      Answers.fail(exchange, NOT_ALLOWED);
    } else {
      call(exchange, method, meant.isEmpty());
    }
  }

  /// Begins the call of a WebSocket that is open, and answers who reads what its client sends.
  private SocketReader converse(Exchange exchange, BodyWriter writer) {
    RequestHead head = new SocketHead(exchange.head());
    GatewayAnswer answer = new GatewayAnswer.Socket(writer);
    MethodDescriptor method = routes().find(UrlPath.decoded(head.path()));
    if (method == null) {
      answer.fail(NOT_FOUND);
      return SocketReader.NOBODY;
    }
    String path = Routes.grpcPath(method);
    GatewayCall call = new GatewayCall(method, exchange, head, answer, slowWork, meter(path));
    return switch (grpc.methods().get(path)) {
      case Unary unary -> {
        exchange.onDraining(writer::end);
        yield messages(
            call,
            new FirstMessage(
                call,
                this::limited,
                message -> {
                  call.meter().received(message.readableBytes());
                  unary.call(call, message);
                }));
      }
      case Streaming streaming -> {
        GatewayStream stream = new GatewayStream(call);
        stream.open(streaming);
        yield messages(
            call,
            method.isClientStreaming()
                ? new AllMessages(stream, this::limited)
                : new FirstMessage(call, this::limited, stream::receiveOnly));
      }
      case null -> {
        call.fail(NOT_FOUND);
        yield SocketReader.NOBODY;
      }
    };
  }

  private SocketMessages messages(GatewayCall call, SocketMessages.Reader reader) {
    return new SocketMessages(call, bodyBytesMax, slowWork, reader);
  }

  /// Why a message cannot be taken; OK when it can.
  private GrpcStatus limited(ByteBuf message) {
    return message.readableBytes() <= messageBytesMax
        ? GrpcStatus.OK
        : tooLarge(message.readableBytes());
  }

  /// A form may say that it means another method; there is none beside POST.
  private static String meantMethod(RequestHead head) {
    boolean form =
        head.header("content-type").orElse("").equals("application/x-www-form-urlencoded");
    String meant = form ? head.header("x-http-method-override").orElse("") : "";
    return meant.toUpperCase(Locale.ROOT);
  }

  /// @param json whether the body is the message: it is not where it was read as a form
  private void call(Exchange exchange, MethodDescriptor method, boolean json) {
    CallHeaders headers;
    try {
      headers = CallHeaders.of(exchange.head());
    } catch (CallHeaders.Unreadable unreadable) {
      Answers.fail(exchange, unreadable.status());
      return;
    }
    if (GatewayDeadline.isOver(headers)) {
      Answers.fail(exchange, GatewayDeadline.EXCEEDED);
      return;
    }
    exchange.readBody(
        bodyBytesMax,
        body -> {
          byte[] message = json ? ByteBufUtil.getBytes(body) : NO_BYTES;
          body.release();
          call(exchange, method, headers, message);
        },
        () -> Answers.fail(exchange, tooLarge(saidBytes(exchange.head()))));
  }

  /// How long a message is that was not read; of its JSON it is told how long it is at least.
  private long saidBytes(RequestHead head) {
    try {
      return Math.max(bodyBytesMax, Long.parseLong(head.header("content-length").orElse("0")));
    } catch (NumberFormatException _) {
      return bodyBytesMax;
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

  private void call(Exchange exchange, MethodDescriptor method, CallHeaders headers, byte[] json) {
    String path = Routes.grpcPath(method);
    GatewayAnswer answer = new GatewayAnswer.Http(exchange);
    GatewayCall call =
        new GatewayCall(method, exchange, exchange.head(), answer, slowWork, meter(path));
    switch (grpc.methods().get(path)) {
      case Unary unary -> {
        GatewayDeadline.watch(exchange, headers, call::expire);
        read(call, json, () -> unary(call, unary, json));
      }
      case Streaming streaming when method.isClientStreaming() ->
          read(
              call,
              json,
              () -> {
                List<ByteBuf> messages = GatewayJson.messages(method.getInputType(), json);
                onLoop(call, json, () -> stream(call, headers, streaming, messages));
              });
      case Streaming streaming ->
          read(call, json, () -> serverStream(call, headers, streaming, json));
      case null -> call.fail(NOT_FOUND);
    }
  }

  private GatewayMeter meter(String path) {
    return new GatewayMeter(grpc.meters().apply(path));
  }

  /// Runs `reading` at once, or where clients take turns.
  private void read(GatewayCall call, byte[] json, Runnable reading) {
    if (json.length <= GatewayRequest.AT_ONCE_BYTES_MAX) {
      reading.run();
    } else if (!slowWork.tryExecuteLong(call, DecodingUnary.answering(call, reading))) {
      call.fail(EtcdStatus.STOPPED);
    }
  }

  private void unary(GatewayCall call, Unary unary, byte[] json) {
    ByteBuf message = message(call, json);
    if (message != null) {
      onLoop(
          call,
          json,
          () -> {
            call.meter().received(message.readableBytes());
            unary.call(call, message);
          });
    }
  }

  /// The one message of the body; null, and the call has failed, when there is none that may be sent.
  private @Nullable ByteBuf message(GatewayCall call, byte[] json) {
    try {
      ByteBuf message = GatewayJson.message(call.method().getInputType(), json);
      GrpcStatus limited = limited(message);
      if (limited.isOk()) {
        return message;
      }
      call.fail(limited);
    } catch (BadJson bad) {
      call.fail(bad.status());
    }
    return null;
  }

  /// In the words of gRPC's Go server.
  private GrpcStatus tooLarge(long bytes) {
    return new GrpcStatus(
        Code.RESOURCE_EXHAUSTED,
        "grpc: received message larger than max (%d vs. %d)".formatted(bytes, messageBytesMax));
  }

  /// What was read elsewhere goes on on the event loop.
  private static void onLoop(GatewayCall call, byte[] json, Runnable next) {
    if (json.length <= GatewayRequest.AT_ONCE_BYTES_MAX) {
      next.run();
    } else {
      call.later(next);
    }
  }

  private void serverStream(
      GatewayCall call, CallHeaders headers, Streaming streaming, byte[] json) {
    ByteBuf message = message(call, json);
    if (message != null) {
      onLoop(call, json, () -> stream(call, headers, streaming, List.of(message)));
    }
  }

  private void stream(
      GatewayCall call, CallHeaders headers, Streaming streaming, List<ByteBuf> messages) {
    GatewayStream stream = new GatewayStream(call);
    AllMessages all = new AllMessages(stream, this::limited);
    messages.forEach(all::message);
    stream.receiveEnd();
    stream.open(streaming);
    GatewayDeadline.watch(call.exchange(), headers, stream::expire);
  }
}
