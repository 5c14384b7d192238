package dev.pintle.wire.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.wire.Exchange;
import dev.pintle.wire.GrpcService;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStream;
import dev.pintle.wire.HttpHandler;
import dev.pintle.wire.QueueLimits;
import dev.pintle.wire.ResponseHeaders;
import dev.pintle.wire.SharedLimits;
import dev.pintle.wire.WireLimits;
import dev.pintle.wire.budget.ConnectionLimiter;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// A client that does not read costs a bounded amount of memory, and nobody else anything.
class SlowReadersTest {
  private static final String FEED = "/test.Feed/Stream";
  private static final int PIECE_BYTES = 1000;
  private static final QueueLimits QUEUES = new QueueLimits(16 << 10, 1 << 20, 64 << 10);
  private static final WireLimits LIMITS = WireLimits.DEFAULT.withQueues(QUEUES);

  private final List<Feed> feeds = new CopyOnWriteArrayList<>();

  /// A sender of pieces as long as the stream takes them, up to a number.
  private static final class Feed implements GrpcService.Inbound {
    private final GrpcStream stream;
    private final AtomicInteger sent = new AtomicInteger();
    private int wanted;

    Feed(GrpcStream stream) {
      this.stream = stream;
      stream.onWritable(this::more);
    }

    @Override
    public void message(ByteBuf message) {
      wanted = message.readInt();
      more();
    }

    private void more() {
      while (sent.get() < wanted && stream.isWritable()) {
        sent.incrementAndGet();
        stream.send(stream.allocator().buffer(PIECE_BYTES).writeZero(PIECE_BYTES));
        if (sent.get() == wanted) {
          stream.close(GrpcStatus.OK);
        }
      }
    }

    @Override
    public void halfClosed() {}

    @Override
    public void aborted() {}
  }

  private GrpcService service() {
    return EchoService.with(
        Map.of(
            FEED,
            (GrpcService.Streaming)
                stream -> {
                  Feed feed = new Feed(stream);
                  feeds.add(feed);
                  return feed;
                }));
  }

  /// 1 000 streams on one connection; ten of them never open their window, the rest read all.
  @Test
  void tenStreamsThatNeverReadDoNotHoldTheOthers() {
    int streams = 1000;
    int pieces = 50;
    try (WireFixture wire = WireFixture.serving(service(), LIMITS);
        RawHttp2 client = new RawHttp2(wire.port(), RawHttp2.setting(4, 10_000))) {
      byte[] ask = RawHttp2.message(ByteBuffer.allocate(4).putInt(pieces).array());
      byte[] wide = ByteBuffer.allocate(4).putInt(1 << 29).array();
      client.send(RawHttp2.WINDOW_UPDATE, 0, 0, wide);
      Set<Integer> reading = new HashSet<>();
      for (int i = 0; i < streams; i++) {
        int stream = 2 * i + 1;
        client.headers(stream, RawHttp2.grpc(FEED), false);
        client.data(stream, ask, true);
        if (i % 100 != 0) {
          client.send(
              RawHttp2.WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(1 << 20).array());
          reading.add(stream);
        }
      }
      while (!reading.isEmpty()) {
        RawHttp2.Frame frame = client.next();
        if (frame.type() == RawHttp2.HEADERS && frame.endsStream()) {
          reading.remove(frame.stream());
        }
      }
      int most = (10_000 + QUEUES.streamBytesMax()) / PIECE_BYTES + 1;
      List<Integer> stalled = new ArrayList<>();
      for (Feed feed : feeds) {
        if (feed.sent.get() < pieces) {
          stalled.add(feed.sent.get());
        }
      }
      assertThat(stalled).hasSize(10).allMatch(sent -> sent <= most);
      client.send(RawHttp2.WINDOW_UPDATE, 0, 1, ByteBuffer.allocate(4).putInt(1 << 20).array());
      client.await(
          frame -> frame.stream() == 1 && frame.type() == RawHttp2.HEADERS && frame.endsStream());
    }
  }

  /// The socket itself is not read: all streams of the connection stop at the connection's bound; another connection
  /// does not notice.
  @Test
  void aConnectionThatIsNotReadStopsAtItsBound() {
    int pieces = 1_000_000;
    try (WireFixture wire = WireFixture.serving(service(), LIMITS);
        RawHttp2 client = new RawHttp2(wire.port(), RawHttp2.setting(4, Integer.MAX_VALUE));
        GrpcClient other = new GrpcClient(wire.port())) {
      client.send(
          RawHttp2.WINDOW_UPDATE,
          0,
          0,
          ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE - 65_535).array());
      byte[] ask = RawHttp2.message(ByteBuffer.allocate(4).putInt(pieces).array());
      for (int i = 0; i < 100; i++) {
        client.headers(2 * i + 1, RawHttp2.grpc(FEED), false);
        client.data(2 * i + 1, ask, false);
      }
      long before = -1;
      long now = sentBytes();
      while (before != now || now == 0) {
        before = now;
        assertThat(other.call(EchoService.UNARY, "still here")).isEqualTo("still here");
        now = sentBytes();
      }
      long kernelBytesMax = 16 << 20;
      assertThat(now)
          .isLessThan(
              kernelBytesMax + QUEUES.connectionBytesMax() + 100L * QUEUES.streamBytesMax());
    }
  }

  private long sentBytes() {
    return feeds.stream().mapToLong(feed -> (long) feed.sent.get() * PIECE_BYTES).sum();
  }

  @Test
  void anotherThreadSeesThatAStreamIsFull() throws InterruptedException {
    CountDownLatch full = new CountDownLatch(1);
    CountDownLatch again = new CountDownLatch(1);
    GrpcService.Streaming flooding =
        stream -> {
          stream.onWritable(again::countDown);
          Thread.ofVirtual()
              .start(() -> {
                while (stream.isWritable()) {
                  stream.send(stream.allocator().buffer(PIECE_BYTES).writeZero(PIECE_BYTES));
                }
                full.countDown();
              });
          return new Feed(stream);
        };
    try (WireFixture wire = WireFixture.serving(EchoService.with(Map.of(FEED, flooding)), LIMITS);
        RawHttp2 client = new RawHttp2(wire.port())) {
      client.headers(1, RawHttp2.grpc(FEED), true);
      assertThat(full.await(10, TimeUnit.SECONDS)).isTrue();
      byte[] wide = ByteBuffer.allocate(4).putInt(1 << 20).array();
      client.send(RawHttp2.WINDOW_UPDATE, 0, 0, wide).send(RawHttp2.WINDOW_UPDATE, 0, 1, wide);
      client.await(RawHttp2.DATA, 1);
    }
  }

  @Test
  void anHttpAnswerThatIsNotReadStopsAtItsBound() throws InterruptedException {
    AtomicInteger written = new AtomicInteger();
    CountDownLatch stopped = new CountDownLatch(1);
    CountDownLatch aborted = new CountDownLatch(1);
    HttpHandler endless =
        exchange -> {
          exchange.onAbort(aborted::countDown);
          Exchange.BodyWriter answer = exchange.startResponse(200, new ResponseHeaders());
          Runnable more =
              () -> {
                while (answer.isWritable()) {
                  written.addAndGet(PIECE_BYTES);
                  answer.write(exchange.allocator().buffer(PIECE_BYTES).writeZero(PIECE_BYTES));
                }
                stopped.countDown();
              };
          answer.onWritable(more);
          more.run();
        };
    try (WireFixture wire = WireFixture.serving(endless, LIMITS)) {
      try (RawClient client = new RawClient(wire.port())) {
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(written.get()).isLessThan(16 << 20);
        client.read(4 << 20);
      }
      assertThat(aborted.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static boolean isRefusal(RawHttp2.Frame frame) {
    return frame.type() == RawHttp2.HEADERS && frame.text().contains("429");
  }

  @Test
  void aClientThatTakesNoAnswersMayNotGoOnAsking() {
    HttpHandler wordy =
        exchange -> {
          ByteBuf body = exchange.allocator().buffer(100_000).writeZero(100_000);
          exchange.respond(200, new ResponseHeaders(), body);
        };
    SharedLimits narrow =
        new SharedLimits(10, 10, 8, 10, 1000, 1000, 1 << 20, 1 << 20, 2 << 20, 1 << 20);
    try (WireFixture wire =
            WireFixture.with(config ->
                new ListenerConfig(
                    config.address(),
                    config.security(),
                    wordy,
                    EchoService.alone(),
                    LIMITS,
                    new ConnectionLimiter(narrow)));
        RawHttp2 client = new RawHttp2(wire.port(), RawHttp2.setting(4, 0))) {
      for (int i = 0; i < 20; i++) {
        client.headers(2 * i + 1, RawHttp2.get("/"), true);
      }
      client.await(frame -> frame.type() == RawHttp2.RST_STREAM || isRefusal(frame));
      byte[] wide = ByteBuffer.allocate(4).putInt(1 << 20).array();
      client.send(RawHttp2.WINDOW_UPDATE, 0, 0, wide).send(RawHttp2.WINDOW_UPDATE, 0, 1, wide);
      client.await(frame -> frame.stream() == 1 && frame.endsStream());
      client.headers(101, RawHttp2.get("/"), true).send(RawHttp2.WINDOW_UPDATE, 0, 101, wide);
      client.await(frame -> frame.stream() == 101 && frame.endsStream());
    }
  }
}
