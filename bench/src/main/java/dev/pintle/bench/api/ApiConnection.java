package dev.pintle.bench.api;

import dev.pintle.bench.client.ServerAddress;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A client's connection, over which any number of calls may be under way.
public final class ApiConnection implements Closeable {
  private static final int ANSWER_SECONDS_MAX = 120;

  private final Channel channel;
  private final ApiStreams streams;
  private final String authority;
  private final String authorization;

  ApiConnection(Channel channel, ApiStreams streams, ServerAddress at, String token) {
    this.channel = channel;
    this.streams = streams;
    this.authority = at.host() + ":" + at.port();
    this.authorization = token.isEmpty() ? "" : "Bearer " + token;
  }

  /// Waits for the answer; made for virtual threads.
  ///
  /// @throws IOException when the connection ended first, or no answer came within two minutes
  public ApiAnswer call(ApiCall call) throws IOException, InterruptedException {
    WholeAnswer answer = new WholeAnswer(call.keeps());
    send(call, answer);
    return await(call, answer);
  }

  /// As [#call], handing over a successful answer's lines as they come, on the thread that reads them.
  ///
  /// @return the answer when the stream has ended; without its body
  /// @throws IOException when the connection ended first
  public ApiAnswer stream(ApiCall call, LineReader reader)
      throws IOException, InterruptedException {
    LineAnswer answer = new LineAnswer(reader);
    send(call, answer);
    try {
      return answer.end().get();
    } catch (ExecutionException ended) {
      throw new IOException(call + ": " + ended.getMessage(), ended);
    }
  }

  private void send(ApiCall call, ApiExchange exchange) {
    byte[] body = call.bytes();
    Http2Headers headers =
        new DefaultHttp2Headers(false)
            .method(call.method())
            .scheme("https")
            .authority(authority)
            .path(call.path())
            .add("accept", call.accept())
            .add("user-agent", "bench");
    if (!authorization.isEmpty()) {
      headers.add("authorization", authorization);
    }
    if (body.length > 0) {
      headers.add("content-type", call.type());
    }
    channel.eventLoop().execute(() -> streams.begin(headers, body, exchange));
  }

  private static ApiAnswer await(ApiCall call, ApiExchange exchange)
      throws IOException, InterruptedException {
    try {
      return exchange.end().get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (ExecutionException ended) {
      throw new IOException(call + ": " + ended.getMessage(), ended);
    } catch (TimeoutException late) {
      throw new IOException("%s: no answer in %d s".formatted(call, ANSWER_SECONDS_MAX), late);
    }
  }

  /// Ends what is under way on it, too.
  @Override
  public void close() {
    var _ = channel.close();
  }
}
