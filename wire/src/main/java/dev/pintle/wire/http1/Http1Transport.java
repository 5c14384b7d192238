package dev.pintle.wire.http1;

import dev.pintle.wire.ResponseHeaders;
import dev.pintle.wire.SocketReader;
import dev.pintle.wire.WebSocketTerms;
import dev.pintle.wire.budget.ConnectionAccount;
import dev.pintle.wire.budget.ReservedRoom;
import dev.pintle.wire.http.HttpExchange;
import dev.pintle.wire.http.HttpTransport;
import dev.pintle.wire.http.Upload;
import dev.pintle.wire.http1.ResponseHead.Framing;
import dev.pintle.wire.loop.LoopTurn;
import dev.pintle.wire.loop.OutboundGate;
import dev.pintle.wire.tls.ClientCertificate;
import dev.pintle.wire.websocket.CloseStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One request on an HTTP/1.1 connection.
final class Http1Transport implements HttpTransport {
  private static final int HEAD_BYTES_USUAL = 512;
  private static final int LINE_END = ('\r' << 8) | '\n';

  /// Up to here one copied buffer is cheaper than three.
  private static final int COPY_BYTES_MAX = 2048;

  /// The length in hexadecimal and two line ends.
  private static final int CHUNK_FRAME_BYTES = 12;

  private static final ByteBuf LAST_CHUNK = constant("0\r\n\r\n");
  private static final ByteBuf CONTINUE = constant("HTTP/1.1 100 Continue\r\n\r\n");

  private final Http1Session session;
  private final HttpExchange exchange;
  private final boolean http11;
  private final OutboundGate gate;
  private long bodyBytesLeft;
  private boolean keepAlive;
  private boolean awaitsContinue;
  private Framing framing = Framing.NONE;
  private @Nullable WebSocketLink socket;
  private @Nullable Upload upload;
  private long cameBytes;
  private boolean bodyArrived;
  private boolean answered;

  Http1Transport(Http1Session session, HttpRequest request) {
    this.session = session;
    this.http11 = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    this.keepAlive = HttpUtil.isKeepAlive(request);
    this.bodyBytesLeft =
        HttpUtil.isTransferEncodingChunked(request)
            ? UNKNOWN_LENGTH
            : HttpUtil.getContentLength(request, 0L);
    this.awaitsContinue = HttpUtil.is100ContinueExpected(request);
    this.gate = new OutboundGate(session.limits().queues().streamBytesMax());
    this.exchange = new HttpExchange(new Http1RequestHead(request), this);
    gate.set(session.isWritable());
  }

  private static ByteBuf constant(String text) {
    return Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII))
        .asReadOnly();
  }

  HttpExchange exchange() {
    return exchange;
  }

  /// So many bytes of the body came.
  void bodyCame(int bytes) {
    if (bodyBytesLeft != UNKNOWN_LENGTH) {
      bodyBytesLeft -= bytes;
    }
    cameBytes += bytes;
    if (cameBytes >= Upload.BYTES_MIN && upload == null && bodyBytesLeft != 0 && !answered) {
      upload = new Upload(session.account(), session.turn(), session::readOn);
    }
  }

  /// Whether more of the body may be read, which one that is large waits for.
  boolean mayReadOn() {
    Upload large = upload;
    return large == null || answered || large.mayGoOn();
  }

  /// Nothing more becomes of the body.
  void endUpload() {
    Upload large = upload;
    if (large != null) {
      large.end();
    }
  }

  /// Whether what is to come of the body is little enough to be read for nobody, so that another request may follow it.
  private boolean endsSoon() {
    return bodyArrived
        || (bodyBytesLeft != UNKNOWN_LENGTH && bodyBytesLeft <= Http1Session.DROPPED_BYTES_MAX);
  }

  void bodyEnd() {
    bodyArrived = true;
    exchange.bodyEnd();
  }

  boolean isBodyArrived() {
    return bodyArrived;
  }

  boolean isAnswered() {
    return answered;
  }

  /// Whether another request may follow on the connection.
  boolean keepsAlive() {
    return keepAlive && !awaitsContinue;
  }

  @Override
  public void head(int status, ResponseHeaders headers, long bodyBytes, boolean end) {
    framing = framing(bodyBytes, end);
    keepAlive &= framing != Framing.CLOSE && !session.isClosing() && endsSoon();
    ByteBuf out = session.allocator().buffer(HEAD_BYTES_USUAL);
    ResponseHead.write(out, status, headers, bodyBytes, framing, connectionField());
    session.write(out);
    if (end) {
      answered();
    }
  }

  private Framing framing(long bodyBytes, boolean end) {
    if (bodyBytes != UNKNOWN_LENGTH) {
      return end ? Framing.NONE : Framing.LENGTH;
    }
    return http11 ? Framing.CHUNKED : Framing.CLOSE;
  }

  private String connectionField() {
    if (!keepsAlive()) {
      return "close";
    }
    return http11 ? "" : "keep-alive";
  }

  @Override
  public void goOnAsWebSocket(WebSocketTerms terms, SocketReader reader) {
    keepAlive = false;
    bodyArrived = true;
    WebSocketLink link = new WebSocketLink(session, terms, reader);
    socket = link;
    link.begin();
    session.goOnAs(link);
  }

  @Override
  public void piece(ByteBuf piece, boolean end) {
    WebSocketLink link = socket;
    if (link == null) {
      bodyPiece(piece, end);
    } else if (end) {
      piece.release();
      link.close(session.isClosing() ? CloseStatus.GOING_AWAY : CloseStatus.NORMAL);
      answered();
    } else {
      link.write(piece);
    }
  }

  private void bodyPiece(ByteBuf piece, boolean end) {
    int bytes = piece.readableBytes();
    if (bytes == 0) {
      piece.release();
    } else if (framing == Framing.CHUNKED) {
      writeChunk(piece, bytes);
    } else {
      session.write(piece);
    }
    if (end) {
      if (framing == Framing.CHUNKED) {
        session.write(LAST_CHUNK.duplicate());
      }
      answered();
    }
  }

  private void writeChunk(ByteBuf piece, int bytes) {
    boolean copy = bytes <= COPY_BYTES_MAX;
    ByteBuf out = session.allocator().buffer(CHUNK_FRAME_BYTES + (copy ? bytes : 0));
    ByteBufUtil.writeAscii(out, Integer.toHexString(bytes));
    out.writeShort(LINE_END);
    if (copy) {
      session.write(out.writeBytes(piece).writeShort(LINE_END));
      piece.release();
    } else {
      session.write(out);
      session.write(piece);
      session.write(session.allocator().buffer(2).writeShort(LINE_END));
    }
  }

  private void answered() {
    answered = true;
    endUpload();
    session.exchangeProgressed();
  }

  @Override
  public void cut() {
    session.closeNow();
  }

  @Override
  public boolean isWritable() {
    return gate.isOpen();
  }

  @Override
  public OutboundGate gate() {
    return gate;
  }

  @Override
  public void announceLater() {
    session.announceLater();
  }

  @Override
  public void wantBody() {
    if (awaitsContinue && !answered) {
      awaitsContinue = false;
      session.write(CONTINUE.duplicate());
    }
    session.exchangeProgressed();
  }

  /// Reading goes on when somebody wants the body: TCP's window does the rest.
  @Override
  public void consumed(int bytes) {
    session.exchangeProgressed();
  }

  @Override
  public boolean collecting(int bytes) {
    return session.collecting(bytes);
  }

  @Override
  public boolean hasAnswerRoom(int bytes) {
    return session.account().answerBytes().hasRoom(bytes);
  }

  @Override
  public ReservedRoom newAnswerRoom() {
    return session.account().newAnswerRoom();
  }

  @Override
  public LoopTurn turn() {
    return session.turn();
  }

  @Override
  public ByteBufAllocator allocator() {
    return session.allocator();
  }

  @Override
  public ClientCertificate clientCertificate() {
    return session.clientCertificate();
  }

  @Override
  public SocketAddress remoteAddress() {
    return session.remoteAddress();
  }

  @Override
  public Object client() {
    return session.account().sharedBy();
  }

  @Override
  public ConnectionAccount account() {
    return session.account();
  }

  @Override
  public void closeConnection() {
    keepAlive = false;
  }
}
