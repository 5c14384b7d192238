package dev.pintle.wire.http2;

import dev.pintle.wire.budget.Allowance;
import dev.pintle.wire.budget.ConnectionAccount;
import dev.pintle.wire.budget.ReservedRoom;
import dev.pintle.wire.loop.LoopTurn;
import dev.pintle.wire.loop.OutboundGate;
import dev.pintle.wire.tls.ClientCertificate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/// The handle of one request stream. On the connection's event loop only, but for [#isWritable] and the gate's
/// counters.
///
/// What is written after the stream ended is released and forgotten: a reset by the peer crosses our answer at any
/// moment, and the reader has been told.
public final class StreamLink {
  private static final AtomicReferenceFieldUpdater<StreamLink, @Nullable OutboundGate> GATE =
      AtomicReferenceFieldUpdater.newUpdater(StreamLink.class, OutboundGate.class, "gate");

  private final Http2Session session;
  private final Http2Stream stream;
  private volatile @Nullable OutboundGate gate;
  private @Nullable StreamReader reader;
  private int partialBytes;
  private int headBytes;
  private long beganNanos;
  private boolean begun;
  private boolean unfinished;
  private boolean served;
  private boolean remoteEnded;
  private boolean localEnded;
  private boolean closed;

  StreamLink(Http2Session session, Http2Stream stream, boolean remoteEnded) {
    this.session = session;
    this.stream = stream;
    this.remoteEnded = remoteEnded;
  }

  public LoopTurn turn() {
    return session.turn();
  }

  public ByteBufAllocator allocator() {
    return session.allocator();
  }

  public ClientCertificate clientCertificate() {
    return session.clientCertificate();
  }

  /// Equal for all streams of one client.
  public Object client() {
    return session.account().sharedBy();
  }

  public ConnectionAccount account() {
    return session.account();
  }

  /// The fields of a request on this connection.
  HeaderFields fields(Http2Headers request) {
    return session.fields(request);
  }

  /// Closes the connection once all its streams have ended.
  public void drainConnection() {
    session.drain();
  }

  public SocketAddress remoteAddress() {
    return session.context().channel().remoteAddress();
  }

  /// The gate of this stream alone; see [#isWritable].
  public OutboundGate gate() {
    OutboundGate made = gate;
    if (made != null) {
      return made;
    }
    made = new OutboundGate(session.queueLimits().streamBytesMax());
    return GATE.compareAndSet(this, null, made) ? made : Objects.requireNonNull(gate);
  }

  /// Tells the one who waits for the gate, if anybody does.
  void announce() {
    OutboundGate made = gate;
    if (made != null) {
      made.announce();
    }
  }

  /// Whether another piece may be queued, from any thread.
  public boolean isWritable() {
    OutboundGate made = gate;
    return (made == null || made.isOpen()) && session.isWritable();
  }

  /// Tells the one who waits for the gate, after the next flush, that it may be open.
  public void announceLater() {
    session.announceLater(gate());
    session.flushSoon();
  }

  /// Whether nothing can be sent any more.
  public boolean isEnded() {
    return closed || localEnded;
  }

  public void headers(Http2Headers headers, boolean end) {
    if (isEnded()) {
      return;
    }
    localEnded = end;
    session.writeHeaders(stream, headers, end, end && !remoteEnded);
    if (end) {
      answered();
    }
  }

  public void data(ByteBuf piece, boolean end) {
    if (isEnded() || (!end && !piece.isReadable())) {
      piece.release();
    } else if (end) {
      localEnded = true;
      session.writeLast(stream, piece, !remoteEnded);
      answered();
    } else {
      session.writePiece(stream, OutboundPieces.NO_PREFIX, piece);
    }
  }

  /// Queues `payload` behind a prefix of a byte of `flags` and four of length.
  public void message(int flags, ByteBuf payload) {
    if (isEnded()) {
      payload.release();
    } else {
      session.writePiece(stream, flags, payload);
    }
  }

  public void reset(Http2Error error) {
    if (!closed) {
      localEnded = true;
      session.reset(stream, error);
    }
  }

  /// Lets the peer send `bytes` more.
  public void consumed(int bytes) {
    if (!closed && bytes > 0) {
      session.consumed(stream, bytes);
    }
  }

  /// Counts `bytes` (or, negative, uncounts) that the reader collects until they are whole. False, and not counted, when there
  /// is no room for them: the reader refuses.
  public boolean collecting(int bytes) {
    if (closed) {
      return true;
    }
    Allowance allowance = session.account().requestBytes();
    if (bytes > 0 && !allowance.tryTake(bytes)) {
      return false;
    }
    if (bytes < 0) {
      allowance.give(-bytes);
    }
    partialBytes += bytes;
    return true;
  }

  /// Whether so many bytes of an answer may wait to be sent.
  public boolean hasAnswerRoom(int bytes) {
    return session.account().answerBytes().hasRoom(bytes);
  }

  public ReservedRoom newAnswerRoom() {
    return session.account().newAnswerRoom();
  }

  /// Whether the client has sent all that it will.
  public boolean isRemoteEnded() {
    return remoteEnded;
  }

  /// Whether somebody waits for all that the client has to send.
  boolean isCollected() {
    StreamReader by = reader;
    return by != null && !by.isOpenEnded();
  }

  /// Takes what a request costs while it is open, or answers false.
  boolean tryBegin(long bytes) {
    Allowance streams = session.account().streams();
    if (!streams.tryTake(1)) {
      return false;
    }
    if (!session.account().requestBytes().tryTake(bytes)) {
      streams.give(1);
      return false;
    }
    begun = true;
    headBytes = Math.toIntExact(bytes);
    return true;
  }

  void readBy(StreamReader newReader) {
    reader = newReader;
    if (isEnded()) {
      forget();
      return;
    }
    if (remoteEnded || newReader.isOpenEnded()) {
      serve();
    } else {
      unfinished = true;
      beganNanos = session.care().lastReadNanos();
      session.deadlines().began();
    }
  }

  /// From here on the server has to do for the stream.
  private void serve() {
    if (!served && !localEnded) {
      served = true;
      session.served(1);
    }
  }

  private void finished() {
    if (unfinished) {
      unfinished = false;
      session.deadlines().finished();
    }
  }

  /// From here on only the client can do more: read.
  private void answered() {
    finished();
    if (served) {
      served = false;
      session.served(-1);
    }
    forget();
  }

  /// What a request holds is not kept while its answer waits for a client that does not read: nobody tells the reader anything more.
  private void forget() {
    if (localEnded && remoteEnded) {
      reader = null;
    }
  }

  void endIfLate(long nowNanos, long nanosMax) {
    StreamReader late = reader;
    if (unfinished && late != null && nowNanos - beganNanos >= nanosMax) {
      late.late();
    }
  }

  int receive(ByteBuf data, boolean end) {
    remoteEnded |= end;
    return reader == null ? data.readableBytes() : reader.data(data);
  }

  void receiveEnd() {
    remoteEnded = true;
    finished();
    if (reader != null && !isEnded()) {
      serve();
    }
    if (reader != null && !closed) {
      reader.end();
    }
    forget();
  }

  void drain() {
    if (reader != null && !isEnded()) {
      reader.draining();
    }
  }

  void streamClosed() {
    if (closed) {
      return;
    }
    closed = true;
    answered();
    if (begun) {
      session.account().streams().give(1);
    }
    session.account().requestBytes().give((long) headBytes + partialBytes);
    if (reader != null && !localEnded) {
      reader.aborted();
    }
  }

  /// Follows the length of the stream's queue.
  void queueChanged(long queuedBytes) {
    boolean open = queuedBytes < session.queueLimits().streamBytesMax();
    // A gate is made open.
    if ((gate != null || !open) && gate().set(open)) {
      session.announceLater(gate());
    }
  }
}
