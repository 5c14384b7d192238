package dev.pintle.wire.http2;

import dev.pintle.wire.FixedHeaders;
import dev.pintle.wire.ResponseHeaders;
import dev.pintle.wire.SocketReader;
import dev.pintle.wire.WebSocketTerms;
import dev.pintle.wire.budget.ConnectionAccount;
import dev.pintle.wire.budget.ReservedRoom;
import dev.pintle.wire.http.HttpDate;
import dev.pintle.wire.http.HttpExchange;
import dev.pintle.wire.http.HttpTransport;
import dev.pintle.wire.loop.LoopTurn;
import dev.pintle.wire.loop.OutboundGate;
import dev.pintle.wire.tls.ClientCertificate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.ReadOnlyHttp2Headers;
import io.netty.util.AsciiString;
import java.net.SocketAddress;
import java.util.List;

/// One HTTP exchange over one HTTP/2 stream.
final class Http2Transport implements HttpTransport, StreamReader {
  private static final AsciiString DATE = AsciiString.cached("date");
  private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");

  private final StreamLink link;
  private final HttpExchange exchange;

  Http2Transport(StreamLink link, Http2Headers request) {
    this.link = link;
    this.exchange = new HttpExchange(new Http2RequestHead(request, link.fields(request)), this);
  }

  HttpExchange exchange() {
    return exchange;
  }

  // What the client sends.

  @Override
  public int data(ByteBuf data) {
    return exchange.bodyPiece(data);
  }

  @Override
  public void end() {
    exchange.bodyEnd();
  }

  @Override
  public void aborted() {
    exchange.aborted();
  }

  @Override
  public void late() {
    exchange.late();
  }

  @Override
  public void draining() {
    exchange.draining();
  }

  // What we send.

  @Override
  public void head(int status, ResponseHeaders headers, long bodyBytes, boolean end) {
    List<String> fields = headers.ownNamesAndValues();
    FixedHeaders fixed = headers.fixed();
    boolean measured = bodyBytes >= 0 && status != 204;
    int used = fields.size();
    int more = fixed == null ? 0 : fixed.size();
    AsciiString[] block = new AsciiString[used + more + (measured ? 4 : 2)];
    for (int i = 0; i < used; i += 2) {
      RepeatedHeader.put(block, i, fields.get(i), fields.get(i + 1));
    }
    if (fixed != null) {
      used = fixed.put(block, used);
    }
    if (measured) {
      block[used++] = CONTENT_LENGTH;
      block[used++] = new AsciiString(Long.toString(bodyBytes));
    }
    block[used++] = DATE;
    block[used] = HttpDate.now();
    AsciiString code = HttpResponseStatus.valueOf(status).codeAsText();
    link.headers(ReadOnlyHttp2Headers.serverHeaders(false, code, block), end);
  }

  @Override
  public void piece(ByteBuf piece, boolean end) {
    link.data(piece, end);
  }

  @Override
  public void goOnAsWebSocket(WebSocketTerms terms, SocketReader reader) {
    throw new IllegalStateException("websocket: asked of HTTP/2 (expected: of HTTP/1.1)");
  }

  @Override
  public void cut() {
    link.reset(Http2Error.INTERNAL_ERROR);
  }

  @Override
  public boolean isWritable() {
    return link.isWritable();
  }

  @Override
  public OutboundGate gate() {
    return link.gate();
  }

  @Override
  public void announceLater() {
    link.announceLater();
  }

  /// A client over HTTP/2 that expects 100-continue is told so; the others need no word.
  @Override
  public void wantBody() {
    boolean asks =
        exchange.head().header("expect").filter("100-continue"::equalsIgnoreCase).isPresent();
    if (asks && !exchange.isAnswered()) {
      link.headers(new DefaultHttp2Headers(false).status("100"), false);
    }
  }

  @Override
  public void consumed(int bytes) {
    link.consumed(bytes);
  }

  @Override
  public boolean collecting(int bytes) {
    return link.collecting(bytes);
  }

  @Override
  public boolean hasAnswerRoom(int bytes) {
    return link.hasAnswerRoom(bytes);
  }

  @Override
  public ReservedRoom newAnswerRoom() {
    return link.newAnswerRoom();
  }

  @Override
  public LoopTurn turn() {
    return link.turn();
  }

  @Override
  public ByteBufAllocator allocator() {
    return link.allocator();
  }

  @Override
  public ClientCertificate clientCertificate() {
    return link.clientCertificate();
  }

  @Override
  public SocketAddress remoteAddress() {
    return link.remoteAddress();
  }

  @Override
  public Object client() {
    return link.client();
  }

  @Override
  public ConnectionAccount account() {
    return link.account();
  }

  @Override
  public void closeConnection() {
    link.drainConnection();
  }
}
