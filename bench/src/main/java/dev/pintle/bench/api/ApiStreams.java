package dev.pintle.bench.api;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The exchanges that are under way on one connection, each by its stream; all of it happens on the connection's thread.
final class ApiStreams extends Http2ChannelDuplexHandler {
  private static final int READY_SECONDS_MAX = 30;

  /// What the server may send beyond the 64 KB that every connection begins with.
  private static final int CONNECTION_WINDOW_BYTES = 16 << 20;

  private final Http2FrameCodec codec;
  private final IdentityHashMap<Http2FrameStream, ApiExchange> open = new IdentityHashMap<>();
  private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
  private @Nullable ChannelHandlerContext context;
  private @Nullable String ended;

  ApiStreams(Http2FrameCodec codec) {
    this.codec = codec;
  }

  void awaitReady() throws IOException, InterruptedException {
    try {
      ready.get(READY_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (ExecutionException refused) {
      throw new IOException("a connection: " + refused.getMessage(), refused);
    } catch (TimeoutException late) {
      throw new IOException("a connection: not ready in %d s".formatted(READY_SECONDS_MAX), late);
    }
  }

  void begin(Http2Headers headers, byte[] body, ApiExchange exchange) {
    ChannelHandlerContext to = context;
    if (to == null || ended != null) {
      exchange.fail(ended == null ? "not connected" : ended);
      return;
    }
    Http2FrameStream stream = newStream();
    open.put(stream, exchange);
    boolean alone = body.length == 0;
    var _ =
        to.write(new DefaultHttp2HeadersFrame(headers, alone).stream(stream))
            .addListener(sent -> {
              if (!sent.isSuccess()) {
                open.remove(stream);
                exchange.fail("not sent: " + sent.cause());
              }
            });
    if (!alone) {
      var _ =
          to.write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(body), true).stream(stream));
    }
    to.flush();
  }

  @Override
  protected void handlerAdded0(ChannelHandlerContext added) {
    this.context = added;
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) throws Exception {
    try {
      switch (message) {
        case Http2SettingsFrame _ -> settled();
        case Http2HeadersFrame head -> head(head);
        case Http2DataFrame data -> data(from, data);
        case Http2ResetFrame reset -> {
          ApiExchange exchange = open.remove(reset.stream());
          if (exchange != null) {
            exchange.fail("reset by the server: " + reset.errorCode());
          }
        }
        default -> {
          // pings, priorities and the like are answered below
        }
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void settled() throws Http2Exception {
    if (!ready.isDone()) {
      Http2Connection connection = codec.connection();
      connection
          .local()
          .flowController()
          .incrementWindowSize(connection.connectionStream(), CONNECTION_WINDOW_BYTES);
      ready.complete(true);
    }
  }

  private void head(Http2HeadersFrame frame) {
    ApiExchange exchange = open.get(frame.stream());
    if (exchange == null) {
      return;
    }
    CharSequence status = frame.headers().status();
    if (status != null) {
      CharSequence wait = frame.headers().get("retry-after");
      exchange.head(
          Integer.parseInt(status.toString()),
          wait == null ? 0 : Integer.parseInt(wait.toString()));
    }
    if (frame.isEndStream()) {
      open.remove(frame.stream());
      exchange.complete();
    }
  }

  private void data(ChannelHandlerContext from, Http2DataFrame frame) {
    ApiExchange exchange = open.get(frame.stream());
    if (frame.initialFlowControlledBytes() > 0) {
      var _ =
          from.write(
              new DefaultHttp2WindowUpdateFrame(frame.initialFlowControlledBytes())
                  .stream(frame.stream()));
    }
    if (exchange == null) {
      return;
    }
    exchange.data(frame.content());
    if (frame.isEndStream()) {
      open.remove(frame.stream());
      exchange.complete();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext from) {
    from.flush();
  }

  @Override
  public void channelInactive(ChannelHandlerContext from) {
    end("the connection was closed");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
    end(cause.toString());
    var _ = from.close();
  }

  private void end(String why) {
    if (ended == null) {
      ended = why;
    }
    ready.completeExceptionally(new IOException(why));
    List<ApiExchange> left = new ArrayList<>(open.values());
    open.clear();
    left.forEach(exchange -> exchange.fail(why));
  }
}
