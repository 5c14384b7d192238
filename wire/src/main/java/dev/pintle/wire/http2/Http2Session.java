package dev.pintle.wire.http2;

import dev.pintle.wire.QueueLimits;
import dev.pintle.wire.budget.Allowance;
import dev.pintle.wire.budget.ConnectionAccount;
import dev.pintle.wire.loop.Faults;
import dev.pintle.wire.loop.LoopTurn;
import dev.pintle.wire.loop.OutboundGate;
import dev.pintle.wire.loop.ReadShare;
import dev.pintle.wire.loop.SocketQueue;
import dev.pintle.wire.loop.TurnFlushed;
import dev.pintle.wire.tls.ClientCertificate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One HTTP/2 connection of a client.
///
/// Writes are collected and flushed once: when the bytes that were read have all been seen, or at the end of the turn of
/// the event loop. A stream that became writable is told after the flush, never from inside the distribution of the
/// window.
public final class Http2Session extends Http2ConnectionHandler implements TurnFlushed {
  private final Http2Terms terms;
  private final OutboundFlow flow;
  private final BatchFrameWriter writer;
  private final ConnectionCare care;
  private final RequestDeadlines deadlines;
  private final ArrayDeque<OutboundGate> opened = new ArrayDeque<>();
  private @Nullable FrameListener frames;
  private @Nullable ChannelHandlerContext context;
  private @Nullable ClientCertificate clientCertificate;
  private @Nullable HeaderFields lastFields;
  private volatile boolean writable = true;
  private boolean announceAll;
  private boolean reading;
  private boolean flushQueued;
  private boolean flushing;
  private boolean flushAgain;
  private final SocketQueue socketQueue = new SocketQueue(this::socketDrained);
  private int served;
  private long socketBytes;

  /// The parts that a session sends with.
  record Outbound(Http2Terms terms, OutboundFlow flow, BatchFrameWriter writer) {}

  Http2Session(
      Http2ConnectionDecoder decoder,
      Http2ConnectionEncoder encoder,
      Http2Settings settings,
      Outbound outbound) {
    super(decoder, encoder, settings, true);
    this.terms = outbound.terms();
    this.flow = outbound.flow();
    this.writer = outbound.writer();
    this.care = new ConnectionCare(this, terms.limits());
    this.deadlines = new RequestDeadlines(this, terms.limits().http2().requestMax());
  }

  void readBy(FrameListener listener) {
    frames = listener;
    decoder().frameListener(listener);
  }

  // What a stream asks of its connection.

  LoopTurn turn() {
    return terms.turn();
  }

  ByteBufAllocator allocator() {
    return context().alloc();
  }

  ClientCertificate clientCertificate() {
    ClientCertificate known = clientCertificate;
    if (known == null) {
      known = terms.clientCertificates().of(context().channel());
      clientCertificate = known;
    }
    return known;
  }

  QueueLimits queueLimits() {
    return terms.limits().queues();
  }

  boolean isWritable() {
    return writable;
  }

  void writeHeaders(Http2Stream stream, Http2Headers headers, boolean end, boolean cutRemote) {
    ChannelHandlerContext ctx = context();
    care.wrote();
    ChannelFuture sent =
        encoder().writeHeaders(ctx, stream.id(), headers, 0, end, ctx.newPromise());
    if (cutRemote) {
      endRemoteAfter(sent, stream);
    }
    flushSoon();
  }

  void writeLast(Http2Stream stream, ByteBuf piece, boolean cutRemote) {
    ChannelHandlerContext ctx = context();
    care.wrote();
    ChannelFuture sent = encoder().writeData(ctx, stream.id(), piece, 0, true, ctx.newPromise());
    if (cutRemote) {
      endRemoteAfter(sent, stream);
    }
    updateWritable();
    flushSoon();
  }

  /// Queues `payload`, behind a prefix unless `flags` is [OutboundPieces#NO_PREFIX].
  void writePiece(Http2Stream stream, int flags, ByteBuf payload) {
    care.wrote();
    flow.addFlowControlled(stream, new OutboundPieces(writer, stream.id(), flags, payload));
    updateWritable();
    flushSoon();
  }

  /// The answer is complete and the client still sends: tell it to stop, as RFC 9113 §8.1 allows. In a task of its own,
  /// because the answer may complete from inside the distribution of the window.
  private void endRemoteAfter(ChannelFuture sent, Http2Stream stream) {
    sent.addListener(done -> turn().loop().execute(() -> endRemote(stream)));
  }

  private void endRemote(Http2Stream stream) {
    if (stream.state() == Http2Stream.State.HALF_CLOSED_LOCAL) {
      reset(stream, Http2Error.NO_ERROR);
    }
  }

  void reset(Http2Stream stream, Http2Error error) {
    ChannelHandlerContext ctx = context();
    var _ = encoder().writeRstStream(ctx, stream.id(), error.code(), ctx.newPromise());
    flushSoon();
  }

  void consumed(Http2Stream stream, int bytes) {
    try {
      if (decoder().flowController().consumeBytes(stream, bytes)) {
        flushSoon();
      }
    } catch (Http2Exception broken) {
      onError(context(), true, broken);
    }
  }

  ConnectionAccount account() {
    return terms.account();
  }

  /// The fields of a request; the same as those before while a client repeats them.
  HeaderFields fields(Http2Headers request) {
    HeaderFields fields = HeaderFields.of(request, lastFields);
    if (fields != lastFields) {
      lastFields = fields.isSmall() ? fields : null;
    }
    return fields;
  }

  int headerListBytesMax() {
    return terms.limits().http2().headerListBytesMax();
  }

  /// Whether so many answers wait for this client that it must not ask for more.
  boolean refusesRequests() {
    return account().answerBytes().refuses();
  }

  void greeted() {
    account().greeted();
  }

  /// So many more streams, or fewer, are ours to do something about.
  void served(int more) {
    served += more;
    if (more > 0) {
      account().serving();
    }
  }

  /// Before the bytes leave: a client that has its answer may count on being the one that waits.
  private void tellAccount() {
    if (served > 0) {
      account().serving();
    } else {
      account().waitingSince(care.lastReadNanos());
    }
  }

  void announceLater(OutboundGate gate) {
    opened.add(gate);
  }

  // Flushing and being writable.

  void flushSoon() {
    if (!reading && !flushQueued) {
      flushQueued = true;
      turn().flushLater(this);
    }
  }

  @Override
  public void flushTurn() {
    flushQueued = false;
    flush(context());
  }

  /// Sends what the windows admit. Asked for again meanwhile (the socket became writable, so a stream wrote more), it goes
  /// round instead of calling itself.
  @Override
  public void flush(ChannelHandlerContext ctx) {
    if (flushing) {
      flushAgain = true;
      return;
    }
    flushing = true;
    try {
      do {
        flushAgain = false;
        writeAdmitted();
        tellAccount();
        writer.spill(ctx);
        ctx.flush();
      } while (flushAgain);
    } finally {
      flushing = false;
    }
    socketBytes = socketQueue.bytes(ctx);
    updateWritable();
    announce();
  }

  /// What was in the socket's queue is gone.
  private void socketDrained() {
    flushSoon();
  }

  /// Data that the windows admit only now is news to the client as well, so its pings are measured from here.
  private void writeAdmitted() {
    int before = flow.windowSize(connection().connectionStream());
    flow.writePendingBytes();
    if (flow.windowSize(connection().connectionStream()) < before) {
      care.wrote();
    }
  }

  /// While the budget of answers is used up, a connection has one piece on its way at a time.
  private void updateWritable() {
    long queued = flow.queuedBytes();
    Allowance answers = account().answerBytes();
    answers.set(queued + socketBytes);
    boolean now =
        queued < queueLimits().connectionBytesMax()
            && context().channel().isWritable()
            && (queued == 0 || !answers.isExhausted());
    if (now != writable) {
      writable = now;
      announceAll |= now;
    }
  }

  private void announce() {
    if (announceAll) {
      announceAll = false;
      opened.clear();
      forEachLink(StreamLink::announce);
    }
    for (int rest = opened.size(); rest > 0; rest--) {
      OutboundGate gate = opened.poll();
      if (gate == null) {
        return;
      }
      gate.announce();
    }
  }

  void forEachLink(Consumer<StreamLink> action) {
    try {
      connection()
          .forEachActiveStream(stream -> {
            StreamLink link = stream.getProperty(terms.linkKey());
            if (link != null) {
              action.accept(link);
            }
            return true;
          });
    } catch (Http2Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// Asks the client to open no more streams, lets the open ones end, then closes.
  public void drain() {
    care.drain();
  }

  /// Goes on with the request that asked, over HTTP/1.1, for this connection; it has no body.
  public void upgraded(Http2Settings clientSettings, Http2Headers request) throws Http2Exception {
    onHttpServerUpgrade(clientSettings);
    if (frames != null) {
      frames.upgraded(request);
    }
    flushSoon();
  }

  // Netty's side.

  ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("not in a pipeline yet");
    }
    return context;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    context = ctx;
    super.handlerAdded(ctx);
    widenConnectionWindow();
    care.started();
  }

  /// SETTINGS cannot say it: a connection starts with 64 KiB whatever the streams' windows are.
  private void widenConnectionWindow() throws Http2Exception {
    int more = terms.limits().http2().connectionWindowBytes() - Http2CodecUtil.DEFAULT_WINDOW_SIZE;
    if (more > 0) {
      decoder().flowController().incrementWindowSize(connection().connectionStream(), more);
      flushSoon();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) throws Exception {
    reading = true;
    care.readSomething();
    super.channelRead(ctx, msg);
    if (flow.queuedBytes() >= queueLimits().socketBytesMax()) {
      flush(ctx);
    }
  }

  /// Without Netty's own end, which would read on though [#channelWritabilityChanged] has stopped it.
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    reading = false;
    discardSomeReadBytes();
    ctx.fireChannelReadComplete();
    flush(ctx);
    deadlines.planLook();
  }

  /// While the client does not read what it is answered, nothing more of it is read: answers are not under flow control
  /// as data is, and would grow without bound.
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
    ReadShare.want(ctx.channel(), ctx.channel().isWritable());
    super.channelWritabilityChanged(ctx);
    updateWritable();
    if (announceAll) {
      flushSoon();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    care.ended();
    deadlines.ended();
    super.channelInactive(ctx);
  }

  /// A broken frame is answered by the protocol's own means; anything else (a reset connection, a TLS alert, our bug)
  /// ends the connection.
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) != null) {
      onError(ctx, false, cause);
      return;
    }
    Faults.reportIfOurs(cause);
    var _ = ctx.close();
  }

  /// Netty turns what a frame's reader throws into an error of the connection; a bug must not be lost in it. Before the client's
  /// first frame there is none of ours to throw: Netty stumbles there over what a client sends in place of the preface.
  @Override
  protected void onConnectionError(
      ChannelHandlerContext ctx,
      boolean outbound,
      Throwable cause,
      @Nullable Http2Exception known) {
    if (known == null && decoder().prefaceReceived()) {
      Faults.reportIfOurs(cause);
    } else if (known != null
        && known.error() == Http2Error.INTERNAL_ERROR
        && known.getCause() != null) {
      Faults.reportIfOurs(known.getCause());
    }
    super.onConnectionError(ctx, outbound, cause, known);
  }

  /// A header list of more than twice the size that we announced is an attack on our memory.
  @Override
  protected void onStreamError(
      ChannelHandlerContext ctx,
      boolean outbound,
      Throwable cause,
      Http2Exception.StreamException error) {
    if (error instanceof Http2Exception.HeaderListSizeException list && list.duringDecode()) {
      onError(
          ctx,
          outbound,
          Http2Exception.connectionError(
              Http2Error.ENHANCE_YOUR_CALM, "a header list beyond twice the limit"));
      return;
    }
    super.onStreamError(ctx, outbound, cause, error);
    flushSoon();
  }

  RequestDeadlines deadlines() {
    return deadlines;
  }

  /// Ends a connection that has no stream of ours to do, to make room for another.
  public void leave() {
    care.leave();
  }

  ConnectionCare care() {
    return care;
  }

  Http2Connection.PropertyKey linkKey() {
    return terms.linkKey();
  }
}
