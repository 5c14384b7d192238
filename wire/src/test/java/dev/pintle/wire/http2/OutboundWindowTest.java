package dev.pintle.wire.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2RemoteFlowController.FlowControlled;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OutboundWindowTest {
  private final List<String> seen = new ArrayList<>();
  private ChannelHandlerContext ctx;
  private Http2Stream stream;

  @BeforeEach
  void open() throws Http2Exception {
    ChannelInboundHandlerAdapter handler = new ChannelInboundHandlerAdapter();
    ctx = new EmbeddedChannel(handler).pipeline().context(handler);
    stream = new DefaultHttp2Connection(true).remote().createStream(1, false);
  }

  private OutboundWindow window(int bytes) {
    return new OutboundWindow(stream, bytes);
  }

  /// A piece that says what becomes of it.
  private class Piece implements FlowControlled {
    private final String name;
    private int left;

    Piece(String name, int bytes) {
      this.name = name;
      this.left = bytes;
    }

    @Override
    public int size() {
      return left;
    }

    @Override
    public void write(ChannelHandlerContext unused, int allowedBytes) {
      int written = Math.min(left, allowedBytes);
      left -= written;
      seen.add(name + " " + written);
    }

    @Override
    public void writeComplete() {
      seen.add(name + " whole");
    }

    @Override
    public void error(@Nullable ChannelHandlerContext unused, Throwable cause) {
      seen.add(name + " dropped");
    }

    @Override
    public boolean merge(ChannelHandlerContext unused, FlowControlled next) {
      return false;
    }
  }

  @Test
  void whatFitsIntoTheWindowAndTheRoomLeavesInItsOrder() {
    OutboundWindow window = window(100);
    window.add(ctx, new Piece("a", 30));
    window.add(ctx, new Piece("b", 90));
    assertThat(window.write(ctx, 50)).isEqualTo(50);
    assertThat(window.queuedBytes()).isEqualTo(70);
    assertThat(window.write(ctx, 1_000)).isEqualTo(50);
    assertThat(window.mayWrite()).isFalse();
    assertThat(window.widen(40)).isTrue();
    assertThat(window.mayWrite()).isTrue();
    assertThat(window.write(ctx, 1_000)).isEqualTo(20);
    assertThat(window.bytes()).isEqualTo(20);
    assertThat(window.isEmpty()).isTrue();
    assertThat(seen).containsExactly("a 30", "a whole", "b 20", "b 50", "b 20", "b whole");
  }

  @Test
  void whatHasNoBytesNeedsNoWindow() {
    OutboundWindow window = window(10);
    window.add(ctx, new Piece("body", 10));
    window.add(ctx, new Piece("end", 0));
    assertThat(window.mayWriteNothing()).isFalse();
    assertThat(window.write(ctx, 10)).isEqualTo(10);
    assertThat(seen).containsExactly("body 10", "body whole", "end 0", "end whole");
    window.widen(-5);
    window.add(ctx, new Piece("more", 0));
    assertThat(window.mayWrite()).isTrue();
    assertThat(window.write(ctx, 0)).isZero();
    assertThat(seen).endsWith("more 0", "more whole");
  }

  @Test
  void aWindowThatGrewSmallerIsWaitedFor() {
    OutboundWindow window = window(10);
    window.widen(-30);
    window.add(ctx, new Piece("a", 5));
    assertThat(window.mayWrite()).isFalse();
    assertThat(window.write(ctx, 100)).isZero();
    window.widen(20);
    assertThat(window.mayWrite()).isFalse();
    window.widen(1);
    assertThat(window.write(ctx, 100)).isEqualTo(1);
  }

  @Test
  void noWindowIsWiderThanTheProtocolKnows() {
    OutboundWindow window = window(Integer.MAX_VALUE);
    assertThat(window.widen(1)).isFalse();
    assertThat(window.bytes()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void whatWaitsWhenTheStreamEndsIsDropped() {
    OutboundWindow window = window(10);
    window.add(ctx, new Piece("a", 20));
    window.add(ctx, new Piece("b", 20));
    window.write(ctx, 5);
    window.end(ctx, Http2Error.STREAM_CLOSED, null);
    assertThat(seen).containsExactly("a 5", "a dropped", "b dropped");
    assertThat(window.queuedBytes()).isZero();
    assertThat(window.mayWrite()).isFalse();
  }

  @Test
  void aStreamThatEndsWhileItWritesDropsTheRest() {
    OutboundWindow window = window(100);
    window.add(
        ctx,
        new Piece("last", 5) {
          @Override
          public void write(ChannelHandlerContext unused, int allowedBytes) {
            super.write(unused, allowedBytes);
            window.end(ctx, Http2Error.STREAM_CLOSED, null);
          }
        });
    window.add(ctx, new Piece("never", 5));
    assertThat(window.write(ctx, 100)).isEqualTo(5);
    assertThat(seen).containsExactly("last 5", "last whole", "never dropped");
  }

  @Test
  void aPieceThatFailsEndsTheStream() {
    OutboundWindow window = window(100);
    window.add(
        ctx,
        new Piece("broken", 5) {
          @Override
          public void write(ChannelHandlerContext unused, int allowedBytes) {
            throw new IllegalStateException("on purpose");
          }
        });
    assertThat(window.write(ctx, 100)).isZero();
    assertThat(seen).containsExactly("broken dropped");
    assertThat(window.isOver()).isTrue();
  }
}
