package dev.pintle.wire.http1;

import dev.pintle.wire.HttpHandler;
import dev.pintle.wire.WireLimits;
import dev.pintle.wire.budget.ConnectionAccount;
import dev.pintle.wire.loop.Faults;
import dev.pintle.wire.loop.LoopTurn;
import dev.pintle.wire.loop.PieceQueue;
import dev.pintle.wire.loop.ReadShare;
import dev.pintle.wire.loop.SocketQueue;
import dev.pintle.wire.loop.TurnFlushed;
import dev.pintle.wire.tls.ClientCertificate;
import dev.pintle.wire.tls.ClientCertificates;
import dev.pintle.wire.websocket.CloseStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// One HTTP/1.1 connection of a client. Requests are answered one at a time, in order; what a client sends ahead waits,
/// and nothing more is read meanwhile.
public final class Http1Session extends ChannelInboundHandlerAdapter implements TurnFlushed {
  /// What is read and dropped of a body that nobody wanted, to keep the connection.
  static final int DROPPED_BYTES_MAX = 256 << 10;

  private final WireLimits limits;
  private final LoopTurn turn;
  private final ClientCertificates clientCertificates;
  private final RequestDecoder decoder;
  private final HttpHandler handler;
  private final Http2Upgrade upgrade;
  private final ConnectionAccount account;
  private final RequestBytes requestBytes;
  private final Watchdog watchdog;
  private final ArrayDeque<Object> ahead = new ArrayDeque<>();
  private @Nullable ChannelHandlerContext context;
  private @Nullable ClientCertificate clientCertificate;
  private @Nullable Http1Transport current;
  private @Nullable HttpRequest upgrading;
  private @Nullable WebSocketLink socket;
  private int droppedBytes;
  private final SocketQueue socketQueue = new SocketQueue(this::flushSoon);
  private final PieceQueue pieces = new PieceQueue();
  private long writtenBytes;
  private long bodyBeganNanos;
  private boolean headBegun;
  private boolean tookRequestPart;
  private boolean proceeding;
  private boolean closing;
  private boolean ending;
  private boolean closesWhenSent;
  private boolean closesWhole;
  private boolean upgraded;
  private boolean reading;
  private boolean flushQueued;
  private boolean announceQueued;

  Http1Session(
      LoopTurn turn, Http1Sessions terms, RequestDecoder decoder, ConnectionAccount account) {
    this.decoder = decoder;
    this.limits = terms.limits();
    this.turn = turn;
    this.clientCertificates = terms.clientCertificates();
    this.handler = terms.handler();
    this.upgrade = terms.upgrade();
    this.account = account;
    this.requestBytes = new RequestBytes(decoder, account.requestBytes());
    this.watchdog = new Watchdog(turn, this::timeIsUp);
  }

  // What a transport asks of its connection.

  WireLimits limits() {
    return limits;
  }

  LoopTurn turn() {
    return turn;
  }

  ByteBufAllocator allocator() {
    return context().alloc();
  }

  SocketAddress remoteAddress() {
    return context().channel().remoteAddress();
  }

  ClientCertificate clientCertificate() {
    ClientCertificate known = clientCertificate;
    if (known == null) {
      known = clientCertificates.of(context().channel());
      clientCertificate = known;
    }
    return known;
  }

  /// While the budget of answers is used up, a connection has one piece on its way at a time.
  boolean isWritable() {
    return pieces.isEmpty()
        && context().channel().isWritable()
        && (writtenBytes == 0 || !account.answerBytes().isExhausted());
  }

  ConnectionAccount account() {
    return account;
  }

  boolean collecting(int bytes) {
    return requestBytes.collect(bytes);
  }

  boolean isClosing() {
    return closing;
  }

  void write(ByteBuf piece) {
    ChannelHandlerContext ctx = context();
    writtenBytes += piece.readableBytes();
    account.answerBytes().set(writtenBytes);
    if (!pieces.tryPass(ctx, piece)) {
      pieces.add(piece);
    }
    updateGate();
    flushSoon();
  }

  void announceLater() {
    announceQueued = true;
    flushSoon();
  }

  /// The connection is a WebSocket from now on. What came behind the request, before the client could know that, is no frame of it.
  void goOnAs(WebSocketLink link) {
    socket = link;
    boolean hasty = ahead.stream().anyMatch(part -> !isEmptyEnd(part));
    ahead.forEach(ReferenceCountUtil::release);
    ahead.clear();
    requestBytes.takePart();
    // It leaves what it read too far to this handler.
    context().pipeline().remove(decoder);
    if (hasty) {
      endSocket(link, CloseStatus.PROTOCOL_ERROR);
    }
    chooseReading();
  }

  private void readSocket(WebSocketLink link, Object part) {
    try {
      int status = CloseStatus.PROTOCOL_ERROR;
      if (part instanceof ByteBuf bytes) {
        status = link.read(bytes);
      } else if (isEmptyEnd(part)) {
        status = CloseStatus.OPEN;
      }
      if (status != CloseStatus.OPEN) {
        endSocket(link, status);
      }
    } finally {
      ReferenceCountUtil.release(part);
    }
  }

  /// The client closes, or is done with.
  private void endSocket(WebSocketLink link, int status) {
    if (ending) {
      return;
    }
    link.close(status);
    closeAfterFlush(status == CloseStatus.NORMAL);
    Http1Transport exchange = current;
    if (exchange != null) {
      exchange.exchange().aborted();
    }
  }

  private void answerPing() {
    WebSocketLink link = socket;
    if (link != null && link.owesPong() && !ending && isWritable()) {
      link.pong();
    }
  }

  private boolean owesPong() {
    return socket != null && socket.owesPong();
  }

  /// The request or its answer came a step further: maybe the next may begin, maybe reading goes on.
  void exchangeProgressed() {
    if (!proceeding) {
      proceed();
    }
  }

  void closeNow() {
    ending = true;
    var _ = context().close();
  }

  /// Answers the request at hand, then closes; an idle connection is closed at once.
  public void drain() {
    closing = true;
    Http1Transport exchange = current;
    if (exchange == null) {
      closeNow();
    } else {
      exchange.exchange().draining();
    }
  }

  // Requests.

  private void proceed() {
    proceeding = true;
    try {
      finishExchange();
      while (!ending && mayTake(ahead.peek())) {
        take(ahead.remove());
        finishExchange();
      }
    } finally {
      proceeding = false;
    }
    answerPing();
    chooseReading();
  }

  /// A new request waits for the one before, and for the client to read its answers; a piece of a body waits for its reader, or is taken to be dropped. The
  /// empty end of a body waits for nothing: reading must go on to notice a client that leaves.
  private boolean mayTake(@Nullable Object next) {
    Http1Transport exchange = current;
    if (next == null) {
      return false;
    }
    if (exchange == null) {
      return isWritable();
    }
    return exchange.exchange().wantsBody() || exchange.isAnswered() || isEmptyEnd(next);
  }

  private static boolean isEmptyEnd(Object part) {
    return part instanceof LastHttpContent end && !end.content().isReadable();
  }

  private void finishExchange() {
    Http1Transport done = current;
    if (done == null || !done.isAnswered()) {
      return;
    }
    requestBytes.giveHead();
    if (!done.keepsAlive() || closing || droppedBytes > DROPPED_BYTES_MAX) {
      closeAfterFlush(done.isBodyArrived() && socket == null);
    } else if (done.isBodyArrived()) {
      current = null;
      droppedBytes = 0;
      watchdog.set(limits.http1().idleMax());
    }
  }

  private void take(Object part) {
    try {
      if (part instanceof HttpRequest request) {
        begin(request);
      }
      if (part instanceof LastHttpContent && upgrading != null) {
        upgradeOr(upgrading);
      }
      if (part instanceof HttpContent content && current != null) {
        takeContent(current, content);
      }
    } finally {
      ReferenceCountUtil.release(part);
    }
  }

  private void begin(HttpRequest request) {
    headBegun = false;
    account.greeted();
    account.serving();
    MalformedRequest refusal = MalformedRequest.of(request);
    if (refusal != null) {
      refuse(refusal);
    } else if (upgrade.isAsked(context(), request)) {
      upgrading = request;
    } else {
      open(request);
    }
  }

  private void upgradeOr(HttpRequest request) {
    upgrading = null;
    if (upgrade.tryUpgrade(context(), request, turn, account)) {
      ending = true;
      upgraded = true;
      requestBytes.giveHead();
      watchdog.end();
    } else {
      open(request);
    }
  }

  private void open(HttpRequest request) {
    watchdog.callOff();
    bodyBeganNanos = turn.nanos();
    Http1Transport exchange = new Http1Transport(this, request);
    current = exchange;
    exchange.exchange().handleWith(handler);
  }

  private void takeContent(Http1Transport exchange, HttpContent content) {
    if (content.decoderResult().isFailure()) {
      if (exchange.isAnswered()) {
        closeNow();
      } else {
        refuse(MalformedRequest.BAD_BODY);
      }
      return;
    }
    int bytes = content.content().readableBytes();
    exchange.bodyCame(bytes);
    if (exchange.isAnswered()) {
      droppedBytes += bytes;
    }
    exchange.exchange().bodyPiece(content.content());
    if (content instanceof LastHttpContent) {
      exchange.bodyEnd();
    }
  }

  /// Answers what is not a request we can read; nothing after it can be read either.
  private void refuse(MalformedRequest refusal) {
    Http1Transport exchange = current;
    if (exchange != null && exchange.exchange().isAnswered()) {
      closeNow();
      return;
    }
    ByteBuf text = refusal.body(allocator());
    ByteBuf out = allocator().buffer();
    ResponseHead.write(
        out,
        refusal.status(),
        refusal.headers(),
        text.readableBytes(),
        ResponseHead.Framing.LENGTH,
        "close");
    write(out);
    write(text);
    closeAfterFlush(false);
    if (exchange != null) {
      exchange.exchange().refused(refusal.status());
    }
  }

  /// A client that still sends would lose our answer to a reset, so it is let finish for a moment.
  private void closeAfterFlush(boolean requestWhole) {
    if (ending) {
      return;
    }
    ending = true;
    watchdog.end();
    closesWhole = requestWhole;
    closesWhenSent = true;
    if (pieces.isEmpty()) {
      closeSent();
    }
  }

  private void closeSent() {
    closesWhenSent = false;
    Linger.close(turn, context(), closesWhole);
  }

  private void chooseReading() {
    if (ending) {
      return;
    }
    Http1Transport exchange = current;
    boolean mayReadOn = exchange == null || exchange.mayReadOn();
    ReadShare.want(context().channel(), ahead.isEmpty() && mayReadOn);
    if (exchange != null) {
      if (!exchange.isBodyArrived() && (exchange.exchange().wantsBody() || exchange.isAnswered())) {
        watchdog.set(bodyPatience());
      } else {
        watchdog.callOff();
      }
    }
  }

  /// More of a body may be read that had to wait.
  void readOn() {
    chooseReading();
  }

  /// Until the next byte, and never beyond the time for the whole.
  private Duration bodyPatience() {
    Duration idle = limits.http1().bodyIdleMax();
    long left = limits.http1().bodyMax().toNanos() - (turn.nanos() - bodyBeganNanos);
    return left < idle.toNanos() ? Duration.ofNanos(Math.max(1, left)) : idle;
  }

  /// A body that is still wanted is answered; whatever else takes too long ends the connection.
  private void timeIsUp() {
    Http1Transport exchange = current;
    if (exchange != null && !exchange.exchange().isAnswered()) {
      refuse(MalformedRequest.LATE);
    } else {
      closeNow();
    }
  }

  // Flushing.

  private void flushSoon() {
    if (!reading && !flushQueued) {
      flushQueued = true;
      turn.flushLater(this);
    }
  }

  @Override
  public void flushTurn() {
    flushQueued = false;
    if (upgraded) {
      return;
    }
    tellAccount();
    do {
      pieces.writeTo(context());
      context().flush();
    } while (pieces.canGoOn(context()));
    writtenBytes = pieces.bytes() + socketQueue.bytes(context());
    account.answerBytes().set(writtenBytes);
    updateGate();
    if (closesWhenSent && pieces.isEmpty()) {
      closeSent();
    }
    if ((!ahead.isEmpty() || owesPong()) && !ending && isWritable()) {
      exchangeProgressed();
    }
    if (announceQueued) {
      announceQueued = false;
      Http1Transport exchange = current;
      if (exchange != null) {
        exchange.gate().announce();
      }
    }
  }

  /// Before the bytes leave, so that whoever has its answer is known to wait.
  private void tellAccount() {
    Http1Transport exchange = current;
    if (exchange != null && exchange.isBodyArrived() && !exchange.isAnswered()) {
      account.serving();
    } else {
      account.waitingSince(turn.nanos());
    }
  }

  private void updateGate() {
    Http1Transport exchange = current;
    if (exchange != null && exchange.gate().set(isWritable())) {
      announceLater();
    }
  }

  // Netty's side.

  ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("not in a pipeline yet");
    }
    return context;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    watchdog.set(limits.http1().headMax());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object part) {
    if (ending) {
      ReferenceCountUtil.release(part);
      return;
    }
    reading = true;
    WebSocketLink link = socket;
    if (link != null) {
      readSocket(link, part);
      return;
    }
    tookRequestPart = true;
    int bytes = requestBytes.takePart();
    if (part instanceof HttpRequest && !requestBytes.takeHead(bytes)) {
      ReferenceCountUtil.release(part);
      refuse(MalformedRequest.noRoom(account.requestBytes().refusedBy()));
      return;
    }
    ahead.add(part);
    exchangeProgressed();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    answerPing();
    reading = false;
    boolean readPartOfHead = decoder.tookBytes() && !tookRequestPart;
    if (current == null && !ending && !headBegun && readPartOfHead) {
      headBegun = true;
      watchdog.set(limits.http1().headMax());
    }
    tookRequestPart = false;
    if (!ending && !requestBytes.countPending()) {
      refuse(MalformedRequest.noRoom(account.requestBytes().refusedBy()));
    }
    flushTurn();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    updateGate();
    if (pieces.canGoOn(ctx)) {
      flushSoon();
    }
    if (isWritable() && !ending) {
      exchangeProgressed();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ending = true;
    watchdog.end();
    closesWhenSent = false;
    releaseAhead();
    Http1Transport exchange = current;
    if (exchange != null) {
      exchange.endUpload();
      exchange.exchange().aborted();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    releaseAhead();
  }

  private void releaseAhead() {
    for (Object part = ahead.poll(); part != null; part = ahead.poll()) {
      ReferenceCountUtil.release(part);
    }
    pieces.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Faults.reportIfOurs(cause);
    closeNow();
  }
}
