package dev.pintle.wire.http2;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The flow of data to one client: shares the connection's window out evenly among the streams that have something to send, and keeps the
/// account of what is queued. Every change of a stream's queue passes here, so that no listener and no promise per message is needed to
/// know it.
///
/// A stream has a window of its own here from when it first has data to send, or its client first changes the window: before that, as long as
/// a request waits, all windows are as wide as the client's settings say.
final class OutboundFlow implements Http2RemoteFlowController {
  /// Bytes given to a stream before the next has its turn; 16 KiB is one full frame.
  private static final int BYTES_PER_TURN = 16 * 1024;

  /// What is given to a socket that takes anything, so that there are no small writes where little of its buffer is left.
  private static final int SOCKET_BYTES_MIN = 32 * 1024;

  private final Http2Connection connection;
  private final Http2Connection.PropertyKey windowKey;
  private final Http2Connection.PropertyKey linkKey;

  /// Those that may write as far as their own windows go, in the order of their turns.
  private final ArrayDeque<OutboundWindow> turns = new ArrayDeque<>();

  private @Nullable ChannelHandlerContext context;
  private int connectionBytes = Http2CodecUtil.DEFAULT_WINDOW_SIZE;
  private int streamBytes = Http2CodecUtil.DEFAULT_WINDOW_SIZE;
  private long queuedBytes;
  private boolean sharing;

  OutboundFlow(Http2Connection connection, Http2Connection.PropertyKey linkKey) {
    this.connection = connection;
    this.windowKey = connection.newKey();
    this.linkKey = linkKey;
    connection.addListener(new Ends());
  }

  private final class Ends extends Http2ConnectionAdapter {
    @Override
    public void onStreamClosed(Http2Stream stream) {
      end(stream);
    }

    /// We said that nothing more comes.
    @Override
    public void onStreamHalfClosed(Http2Stream stream) {
      if (stream.state() == Http2Stream.State.HALF_CLOSED_LOCAL) {
        end(stream);
      }
    }
  }

  /// Bytes queued on all streams, waiting for a window or for the socket.
  long queuedBytes() {
    return queuedBytes;
  }

  @Override
  public void channelHandlerContext(ChannelHandlerContext ctx) {
    context = ctx;
    if (ctx.channel().isWritable()) {
      writePendingBytes();
    }
  }

  @Override
  public @Nullable ChannelHandlerContext channelHandlerContext() {
    return context;
  }

  private ChannelHandlerContext requireContext() {
    if (context == null) {
      throw new IllegalStateException("not in a pipeline yet");
    }
    return context;
  }

  private @Nullable OutboundWindow known(Http2Stream stream) {
    return stream.getProperty(windowKey);
  }

  private OutboundWindow window(Http2Stream stream) {
    OutboundWindow window = known(stream);
    if (window == null) {
      window = new OutboundWindow(stream, streamBytes);
      stream.setProperty(windowKey, window);
    }
    return window;
  }

  private boolean isConnection(Http2Stream stream) {
    return stream.id() == Http2CodecUtil.CONNECTION_STREAM_ID;
  }

  @Override
  public int initialWindowSize() {
    return streamBytes;
  }

  /// The client's settings say how wide the windows of streams are, also of those that are open.
  @Override
  public void initialWindowSize(int bytes) throws Http2Exception {
    int more = bytes - streamBytes;
    streamBytes = bytes;
    connection.forEachActiveStream(stream -> {
      OutboundWindow window = known(stream);
      if (window != null) {
        requireNotTooWide(window.widen(more), stream.id());
        settle(window);
      }
      return true;
    });
    if (more > 0 && context != null && context.channel().isWritable()) {
      writePendingBytes();
    }
  }

  private static void requireNotTooWide(boolean widened, int stream) throws Http2Exception {
    if (!widened) {
      throw Http2Exception.connectionError(
          Http2Error.FLOW_CONTROL_ERROR, "the window of stream %d is too wide", stream);
    }
  }

  @Override
  public int windowSize(Http2Stream stream) {
    if (isConnection(stream)) {
      return connectionBytes;
    }
    OutboundWindow window = known(stream);
    return window == null ? streamBytes : window.bytes();
  }

  @Override
  public void incrementWindowSize(Http2Stream stream, int more) throws Http2Exception {
    if (isConnection(stream)) {
      requireNotTooWide(connectionBytes <= Integer.MAX_VALUE - more, stream.id());
      connectionBytes += more;
      return;
    }
    OutboundWindow window = window(stream);
    if (!window.widen(more)) {
      throw Http2Exception.streamError(
          stream.id(), Http2Error.FLOW_CONTROL_ERROR, "the window of the stream is too wide");
    }
    settle(window);
  }

  @Override
  public boolean hasFlowControlled(Http2Stream stream) {
    OutboundWindow window = known(stream);
    return window != null && !window.isEmpty();
  }

  @Override
  public boolean isWritable(Http2Stream stream) {
    OutboundWindow window = known(stream);
    return window == null || window.bytes() > window.queuedBytes();
  }

  @Override
  public void addFlowControlled(Http2Stream stream, FlowControlled added) {
    ChannelHandlerContext ctx = requireContext();
    OutboundWindow window = window(stream);
    window.add(ctx, added);
    if (window.isOver()) {
      window.end(ctx, Http2Error.STREAM_CLOSED, null);
    }
    settle(window);
  }

  private void end(Http2Stream stream) {
    OutboundWindow window = known(stream);
    if (window != null) {
      window.end(context, Http2Error.STREAM_CLOSED, null);
      settle(window);
    }
  }

  /// Follows a change of a window or its queue.
  private void settle(OutboundWindow window) {
    long more = window.takeGrowth();
    StreamLink link = window.stream().getProperty(linkKey);
    if (more != 0 && link != null) {
      queuedBytes += more;
      link.queueChanged(window.queuedBytes());
    }
    if (!window.isInTurn() && window.mayWrite()) {
      window.setInTurn(true);
      turns.add(window);
    }
  }

  @Override
  public void writePendingBytes() {
    if (sharing || context == null) {
      return;
    }
    sharing = true;
    try {
      share(context);
    } finally {
      sharing = false;
    }
  }

  private void share(ChannelHandlerContext ctx) {
    int room = room(ctx.channel());
    int share = Math.max(BYTES_PER_TURN, room / Math.max(1, turns.size()));
    for (OutboundWindow next = turns.poll(); next != null; next = turns.poll()) {
      next.setInTurn(false);
      if (!next.mayWrite()) {
        continue;
      }
      if (room == 0 && !next.mayWriteNothing()) {
        // It was its turn, and still is.
        next.setInTurn(true);
        turns.addFirst(next);
        return;
      }
      connectionBytes -= next.write(ctx, Math.min(share, room));
      settle(next);
      room = room(ctx.channel());
    }
  }

  /// Bytes that the connection's window and the socket have room for.
  private int room(Channel channel) {
    long socket = channel.bytesBeforeUnwritable();
    long taken =
        socket <= 0
            ? 0
            : Math.max(
                socket, Math.max(channel.config().getWriteBufferLowWaterMark(), SOCKET_BYTES_MIN));
    return (int) Math.min(connectionBytes, taken);
  }

  @Override
  public void channelWritabilityChanged() {
    // Nobody is told of it here: the session looks at the channel itself.
  }

  @Override
  public void listener(@Nullable Listener listener) {
    if (listener != null) {
      throw new UnsupportedOperationException("a listener to windows");
    }
  }

  @Override
  public void updateDependencyTree(int child, int parent, short weight, boolean exclusive) {
    // Streams are served evenly, whatever priorities their client gives them.
  }
}
