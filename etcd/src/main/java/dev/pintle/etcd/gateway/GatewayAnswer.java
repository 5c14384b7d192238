package dev.pintle.etcd.gateway;

import dev.pintle.wire.Exchange;
import dev.pintle.wire.Exchange.BodyWriter;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.ResponseHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// The answer to a call that came as JSON, on its way to the client.
sealed interface GatewayAnswer {
  /// The one message of a unary call.
  void succeed(ByteBuf json);

  void fail(GrpcStatus status);

  /// The failure of a stream that sent nothing, told as one that did is.
  void failEmpty(GrpcStatus status);

  /// Begins to answer with lines, of which each is a message.
  BodyWriter begin();

  /// A line as it is written.
  ByteBuf line(ByteBuf json);

  /// The end of a stream that sent nothing.
  void endEmpty();

  /// The end of a stream that sent nothing in the time it had.
  void expireEmpty();

  /// The end of a unary call that was not answered in the time it had.
  void expire();

  /// An answer over HTTP, whose lines are one body.
  record Http(Exchange exchange) implements GatewayAnswer {
    @Override
    public void succeed(ByteBuf json) {
      exchange.respond(200, Answers.fromGrpc(), json);
    }

    @Override
    public void fail(GrpcStatus status) {
      Answers.fail(exchange, status);
    }

    @Override
    public void failEmpty(GrpcStatus status) {
      exchange.respond(
          HttpStatus.of(status.code()), Answers.headers(), line(GatewayJson.printError(status)));
    }

    @Override
    public BodyWriter begin() {
      return exchange.startResponse(200, Answers.fromGrpc());
    }

    @Override
    public ByteBuf line(ByteBuf json) {
      return json.writeByte('\n');
    }

    @Override
    public void endEmpty() {
      exchange.respond(200, new ResponseHeaders(), Unpooled.EMPTY_BUFFER);
    }

    @Override
    public void expireEmpty() {
      failEmpty(GatewayDeadline.EXCEEDED);
    }

    @Override
    public void expire() {
      exchange.preempt(
          HttpStatus.of(GatewayDeadline.EXCEEDED.code()),
          Answers.headers(),
          GatewayJson.print(GatewayDeadline.EXCEEDED));
    }
  }

  /// An answer over a WebSocket, whose lines are messages; it closes with the call.
  record Socket(BodyWriter writer) implements GatewayAnswer {
    private void last(ByteBuf json) {
      writer.write(json);
      writer.end();
    }

    @Override
    public void succeed(ByteBuf json) {
      last(json);
    }

    @Override
    public void fail(GrpcStatus status) {
      last(GatewayJson.print(status));
    }

    @Override
    public BodyWriter begin() {
      return writer;
    }

    @Override
    public ByteBuf line(ByteBuf json) {
      return json;
    }

    @Override
    public void endEmpty() {
      writer.end();
    }

    @Override
    public void failEmpty(GrpcStatus status) {
      last(GatewayJson.printError(status));
    }

    @Override
    public void expireEmpty() {
      failEmpty(GatewayDeadline.EXCEEDED);
    }

    @Override
    public void expire() {
      fail(GatewayDeadline.EXCEEDED);
    }
  }
}
