package dev.pintle.bench.wire;

import dev.pintle.wire.Exchange;
import dev.pintle.wire.GrpcService;
import dev.pintle.wire.ResponseHeaders;
import dev.pintle.wire.listen.ListenerConfig;
import dev.pintle.wire.listen.WireServer;
import dev.pintle.wire.loop.EventLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/// The server under load; prints its port and serves until its input ends.
final class WireTarget {
  static final String ECHO = "/bench.Wire/Echo";
  static final String KILOBYTE = "/kilobyte";
  static final String PUSH = "/bench.Wire/Push";

  private WireTarget() {}

  public static void main(String[] arguments) throws IOException {
    EventLoops loops = EventLoops.start(Integer.parseInt(arguments[0]));
    PushStreams streams = new PushStreams();
    GrpcService service =
        new GrpcService(
            Map.of(
                ECHO, (GrpcService.Unary) (call, message) -> call.reply(message.retain()),
                PUSH, (GrpcService.Streaming) streams::open));
    InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    WireServer server =
        WireServer.listen(
            loops,
            ListenerConfig.of(anywhere, exchange -> command(exchange, streams)).withGrpc(service));
    System.out.println(server.port());
    while (System.in.read() >= 0) {
      // Serves until the driver goes.
    }
    server.close();
    loops.close();
  }

  /// `/ROUNDS/BYTES/MICROS`: pushes ROUNDS messages of BYTES to every open stream, one every MICROS, then answers how
  /// many were sent; `/0/0/0` ends the streams.
  private static void command(Exchange exchange, PushStreams streams) {
    if (exchange.head().path().equals(KILOBYTE)) {
      ByteBuf body = exchange.allocator().buffer(1024).writeZero(1024);
      exchange.respond(200, ResponseHeaders.of("application/json"), body);
      return;
    }
    String[] words = exchange.head().path().split("/", -1);
    int rounds = Integer.parseInt(words[1]);
    int bytes = Integer.parseInt(words[2]);
    long micros = Long.parseLong(words[3]);
    Thread.ofPlatform()
        .name("pusher")
        .start(() -> {
          long sent = rounds == 0 ? streams.end() : streams.push(rounds, bytes, micros);
          ByteBuf text = ByteBufUtil.writeAscii(exchange.allocator(), Long.toString(sent));
          exchange.respond(200, ResponseHeaders.of("text/plain"), text);
        });
  }
}
