package dev.pintle.wire.http2;

import dev.pintle.wire.http.Upload;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameWriter;
import io.netty.handler.codec.http2.Http2LocalFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/// The flow of data from one client. What was consumed is given back to the client once it makes half a window.
///
/// A stream has a window of its own here from when its client first sends data: before that, all windows are as wide as our settings say.
/// That of a request whose body must be whole is opened again only once the body has a slot, see [Upload].
final class InboundFlow implements Http2LocalFlowController {
  private final Http2Connection connection;
  private final Http2Terms terms;
  private final Http2Connection.PropertyKey windowKey;
  private final InboundWindow whole =
      new InboundWindow(Http2CodecUtil.CONNECTION_STREAM_ID, Http2CodecUtil.DEFAULT_WINDOW_SIZE);

  private @Nullable Http2FrameWriter writer;
  private @Nullable ChannelHandlerContext context;
  private int streamBytes = Http2CodecUtil.DEFAULT_WINDOW_SIZE;

  InboundFlow(Http2Connection connection, Http2Terms terms) {
    this.connection = connection;
    this.terms = terms;
    this.windowKey = connection.newKey();
    connection.addListener(
        new Http2ConnectionAdapter() {
          @Override
          public void onStreamClosed(Http2Stream stream) {
            endUpload(stream);
            consumeRest(stream);
          }
        });
  }

  private void endUpload(Http2Stream stream) {
    InboundWindow window = known(stream);
    Upload upload = window == null ? null : window.upload();
    if (upload != null) {
      upload.end();
    }
  }

  /// What nobody consumed of a stream that has ended is not held against the connection.
  private void consumeRest(Http2Stream stream) {
    InboundWindow window = known(stream);
    ChannelHandlerContext ctx = context;
    if (window == null || ctx == null || window.unconsumedBytes() == 0) {
      return;
    }
    int rest = window.unconsumedBytes();
    window.consume(rest);
    whole.consume(rest);
    if (update(whole)) {
      ctx.flush();
    }
  }

  @Override
  public void channelHandlerContext(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public Http2LocalFlowController frameWriter(Http2FrameWriter frames) {
    writer = frames;
    return this;
  }

  private @Nullable InboundWindow known(Http2Stream stream) {
    return stream.id() == Http2CodecUtil.CONNECTION_STREAM_ID
        ? whole
        : stream.getProperty(windowKey);
  }

  private InboundWindow window(Http2Stream stream) {
    InboundWindow window = known(stream);
    if (window == null) {
      window = new InboundWindow(stream.id(), streamBytes);
      stream.setProperty(windowKey, window);
    }
    return window;
  }

  @Override
  public int initialWindowSize() {
    return streamBytes;
  }

  /// The client has heard our settings: windows are so wide, also of streams that are open.
  @Override
  public void initialWindowSize(int bytes) throws Http2Exception {
    int more = bytes - streamBytes;
    streamBytes = bytes;
    connection.forEachActiveStream(stream -> {
      InboundWindow window = known(stream);
      if (window != null) {
        window.resize(more);
      }
      return true;
    });
  }

  @Override
  public int initialWindowSize(Http2Stream stream) {
    InboundWindow window = known(stream);
    return window == null ? streamBytes : window.wholeBytes();
  }

  @Override
  public int windowSize(Http2Stream stream) {
    InboundWindow window = known(stream);
    return window == null ? streamBytes : window.leftBytes();
  }

  @Override
  public int unconsumedBytes(Http2Stream stream) {
    InboundWindow window = known(stream);
    return window == null ? 0 : window.unconsumedBytes();
  }

  /// Makes the window wider than the settings say; the client hears of it with what is given back next.
  @Override
  public void incrementWindowSize(Http2Stream stream, int more) {
    InboundWindow window = window(stream);
    window.widen(more);
    update(window);
  }

  @Override
  public void receiveFlowControlledFrame(
      @Nullable Http2Stream stream, ByteBuf data, int padding, boolean end) throws Http2Exception {
    int bytes = data.readableBytes() + padding;
    if (!whole.receive(bytes)) {
      throw Http2Exception.connectionError(
          Http2Error.FLOW_CONTROL_ERROR,
          "more data than the window of the connection has room for");
    }
    if (stream == null || isClosed(stream)) {
      whole.consume(bytes);
      update(whole);
      return;
    }
    if (bytes == 0 && end && known(stream) == null) {
      return;
    }
    InboundWindow window = window(stream);
    if (end) {
      window.end();
    }
    if (!window.receive(bytes)) {
      throw Http2Exception.streamError(
          stream.id(),
          Http2Error.FLOW_CONTROL_ERROR,
          "more data than the window of the stream has room for");
    }
  }

  @Override
  public boolean consumeBytes(@Nullable Http2Stream stream, int bytes) throws Http2Exception {
    if (bytes == 0 || stream == null || isClosed(stream)) {
      return false;
    }
    InboundWindow window = window(stream);
    if (bytes > window.unconsumedBytes()) {
      throw Http2Exception.streamError(
          stream.id(), Http2Error.INTERNAL_ERROR, "more was consumed than came");
    }
    whole.consume(bytes);
    window.consume(bytes);
    boolean connection = update(whole);
    boolean own = mayOpen(stream, window) && update(window);
    return connection || own;
  }

  /// Whether the client may send more than it has the right to already. A stream that has no end of its own waits for nobody.
  private boolean mayOpen(Http2Stream stream, InboundWindow window) {
    if (!window.isDue()) {
      return false;
    }
    Upload upload = window.upload();
    if (upload == null) {
      StreamLink link = stream.getProperty(terms.linkKey());
      if (link == null || !link.isCollected()) {
        return true;
      }
      upload = new Upload(terms.account(), terms.turn(), () -> openNow(window));
      window.upload(upload);
    }
    return upload.mayGoOn();
  }

  private void openNow(InboundWindow window) {
    ChannelHandlerContext ctx = context;
    if (update(window) && ctx != null) {
      ctx.flush();
    }
  }

  private static boolean isClosed(Http2Stream stream) {
    return stream.state() == Http2Stream.State.CLOSED;
  }

  /// Gives back what is due; true when there was something.
  private boolean update(InboundWindow window) {
    int back = window.takeDue();
    ChannelHandlerContext ctx = context;
    if (back == 0 || ctx == null || writer == null) {
      return false;
    }
    var _ = writer.writeWindowUpdate(ctx, window.stream(), back, ctx.newPromise());
    return true;
  }
}
