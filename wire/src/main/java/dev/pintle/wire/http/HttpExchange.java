package dev.pintle.wire.http;

import dev.pintle.wire.AnswerHeaders;
import dev.pintle.wire.AnswerRoom;
import dev.pintle.wire.BeyondClaim;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.HttpHandler;
import dev.pintle.wire.RequestHead;
import dev.pintle.wire.ResponseHeaders;
import dev.pintle.wire.SharedLimit;
import dev.pintle.wire.SocketReader;
import dev.pintle.wire.WebSocketTerms;
import dev.pintle.wire.budget.ReservedRoom;
import dev.pintle.wire.loop.Faults;
import dev.pintle.wire.loop.Handoff;
import dev.pintle.wire.loop.OneShotEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One request over either protocol. What other threads ask for is handed to the event loop, where all state lives.
public final class HttpExchange implements Exchange {
  private enum Answer {
    NONE,
    STARTED,
    COMPLETE,
    /// The client has gone.
    ABORTED,
    /// Answered by the wire; what the handler answers is forgotten.
    REFUSED
  }

  /// Up to here an answer is sent whatever the budget.
  private static final int SMALL_ANSWER_BYTES = 64 << 10;

  private static final AtomicReferenceFieldUpdater<HttpExchange, @Nullable AnswerHeaders> ADDED =
      AtomicReferenceFieldUpdater.newUpdater(HttpExchange.class, AnswerHeaders.class, "added");

  private static final OneShotEvent<HttpExchange, Runnable> ABORT =
      new OneShotEvent<>(
          AtomicReferenceFieldUpdater.newUpdater(HttpExchange.class, Object.class, "abort"));

  private static final OneShotEvent<HttpExchange, EndListener> END =
      new OneShotEvent<>(
          AtomicReferenceFieldUpdater.newUpdater(HttpExchange.class, Object.class, "end"));

  private static final OneShotEvent<HttpExchange, Runnable> DRAIN =
      new OneShotEvent<>(
          AtomicReferenceFieldUpdater.newUpdater(HttpExchange.class, Object.class, "drain"));

  private static final int SWITCHING_PROTOCOLS = 101;
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String RETRY_AFTER = "retry-after";
  private static final String RETRY_SECONDS = "1";
  private static final String TOO_MANY = "Too many requests, please try again later.\n";
  private static final String LATE = "408 Request Timeout: the body did not come in time\n";

  private final RequestHead head;
  private final HttpTransport transport;

  /// Null until some of it has come, or somebody wants it: most requests have none.
  private @Nullable RequestBody body;

  private boolean bodyEnded;
  private Answer answer = Answer.NONE;
  private volatile @Nullable ReservedRoom room;
  private volatile boolean over;

  // The listeners of its events.
  private volatile @Nullable Object abort;
  private volatile @Nullable Object end;
  private volatile @Nullable Object drain;

  /// Of whatever is answered.
  private volatile @Nullable AnswerHeaders addedForAll;

  /// Of what the handler answers.
  private volatile @Nullable AnswerHeaders added;

  private int status = UNANSWERED;
  private long bodyBytes;

  public HttpExchange(RequestHead head, HttpTransport transport) {
    this.head = head;
    this.transport = transport;
  }

  // What the transport tells. On the event loop.

  /// Gives the request to `handler`; a handler that fails is answered 500.
  public void handleWith(HttpHandler handler) {
    guard(() -> handler.handle(this));
  }

  /// Takes a piece of the body; returns how many bytes the client may send again at once.
  public int bodyPiece(ByteBuf piece) {
    int bytes = piece.readableBytes();
    int[] returned = {bytes};
    guard(() -> returned[0] = body().arrived(piece));
    return returned[0];
  }

  public void bodyEnd() {
    RequestBody begun = body;
    if (begun == null) {
      bodyEnded = true;
    } else {
      guard(begun::arrivedEnd);
    }
  }

  private RequestBody body() {
    RequestBody begun = body;
    if (begun == null) {
      begun = new RequestBody(this, bodyEnded, over);
      body = begun;
    }
    return begun;
  }

  /// Whether somebody waits for more of the body.
  public boolean wantsBody() {
    return body != null && body.isWanted();
  }

  public boolean isAnswered() {
    return answer != Answer.NONE;
  }

  /// The client has gone, or cannot be answered any more.
  public void aborted() {
    if (answer == Answer.COMPLETE || isForgotten()) {
      return;
    }
    answer = Answer.ABORTED;
    forgetBody();
    ABORT.happen(this, Runnable::run);
    END.happen(this, this::tellEnd);
  }

  /// The transport has answered in place of the handler, and nothing more can be.
  public void refused(int answered) {
    if (answer == Answer.NONE) {
      status = answered;
    }
    aborted();
  }

  private boolean isForgotten() {
    return answer == Answer.ABORTED || answer == Answer.REFUSED;
  }

  /// The body did not come in time. A reader that takes it piece by piece may wait for it as long as it likes.
  public void late() {
    boolean piecemeal = body != null && body.isStreamed();
    if (answer == Answer.NONE && !piecemeal) {
      refuse(408, ResponseHeaders.of(TEXT), ascii(LATE));
    }
  }

  void refuseForWantOfRoom() {
    refuse(429, tooManyHeaders(transport.account().requestBytes().refusedBy()), ascii(TOO_MANY));
  }

  private static ResponseHeaders tooManyHeaders(SharedLimit limit) {
    return ResponseHeaders.of(TEXT)
        .add(RETRY_AFTER, RETRY_SECONDS)
        .add(SharedLimit.HEADER, limit.text());
  }

  private ByteBuf ascii(String text) {
    return ByteBufUtil.writeAscii(allocator(), text);
  }

  /// Answers in place of the handler, to which the client has then gone.
  private void refuse(int code, ResponseHeaders headers, ByteBuf whole) {
    switch (answer) {
      case NONE -> {
        respondNow(code, headers, whole);
        answer = Answer.REFUSED;
        ABORT.happen(this, Runnable::run);
      }
      case STARTED -> {
        whole.release();
        complete();
        transport.cut();
        ABORT.happen(this, Runnable::run);
      }
      case COMPLETE, ABORTED, REFUSED -> whole.release();
    }
  }

  @Override
  public void preempt(int code, ResponseHeaders headers, ByteBuf whole) {
    transport
        .turn()
        .run(() -> {
          if (answer == Answer.NONE && addedForAll != null) {
            added = null;
          }
          refuse(code, headers, whole);
        });
  }

  @Override
  public void abandon() {
    transport.turn().run(this::abandonNow);
  }

  private void abandonNow() {
    if (answer == Answer.NONE || answer == Answer.STARTED) {
      aborted();
      transport.cut();
    }
  }

  public void draining() {
    DRAIN.happen(this, Runnable::run);
  }

  private void guard(Runnable step) {
    if (Faults.guard(step)) {
      return;
    }
    if (answer == Answer.NONE) {
      respondNow(500, ResponseHeaders.of(TEXT), ascii("the handler of this request failed\n"));
    } else if (answer == Answer.STARTED) {
      complete();
      transport.cut();
    }
  }

  private void complete() {
    answer = Answer.COMPLETE;
    forgetBody();
    END.happen(this, this::tellEnd);
  }

  private void forgetBody() {
    if (body != null) {
      body.drop();
    }
    closeRoom();
  }

  private void closeRoom() {
    over = true;
    ReservedRoom taken = room;
    if (taken != null) {
      taken.close();
    }
  }

  // The request.

  @Override
  public RequestHead head() {
    return head;
  }

  @Override
  public Optional<X509Certificate> clientCertificate() {
    return transport.clientCertificate().proven();
  }

  @Override
  public boolean clientCertificateRefused() {
    return transport.clientCertificate().refused();
  }

  @Override
  public SocketAddress remoteAddress() {
    return transport.remoteAddress();
  }

  @Override
  public Object client() {
    return transport.client();
  }

  @Override
  public Optional<SharedLimit> beyond() {
    return Optional.ofNullable(transport.account().beyond());
  }

  @Override
  public boolean isServedBeyond(BeyondClaim claim) {
    return transport.account().isServedBeyond(claim);
  }

  @Override
  public void owes(BeyondClaim claim) {
    transport.account().owes(claim);
  }

  @Override
  public void closeConnection() {
    onLoop(transport::closeConnection);
  }

  @Override
  public ByteBufAllocator allocator() {
    return transport.allocator();
  }

  @Override
  public AnswerRoom answerRoom() {
    ReservedRoom taken = room;
    if (taken == null) {
      taken = transport.newAnswerRoom();
      room = taken;
      if (over) {
        taken.close();
      }
    }
    return taken;
  }

  @Override
  public void readBody(int bytesMax, Consumer<ByteBuf> whole, Runnable tooLarge) {
    BodyCollector collecting =
        new BodyCollector(transport, bytesMax, whole, tooLarge, this::refuseForWantOfRoom);
    onLoop(() -> body().collectBy(collecting));
  }

  @Override
  public void streamBody(BodyReader reader) {
    onLoop(() -> body().readBy(reader));
  }

  @Override
  public void pauseBody() {
    onLoop(() -> body().pause());
  }

  @Override
  public void resumeBody() {
    onLoop(() -> body().resume());
  }

  private void onLoop(Runnable step) {
    if (transport.turn().isLoopThread()) {
      step.run();
    } else {
      transport.turn().run(() -> guard(step));
    }
  }

  // The answer. Headers are added by any thread, without waking the loop.

  @Override
  public void addHeaders(AnswerHeaders several) {
    AnswerHeaders before;
    do {
      before = added;
    } while (!ADDED.compareAndSet(
        this, before, before == null ? several : new HeadersInTurn(before, several)));
  }

  /// The headers that were added before, and the next ones.
  private record HeadersInTurn(AnswerHeaders before, AnswerHeaders next) implements AnswerHeaders {
    @Override
    public void addTo(ResponseHeaders headers) {
      before.addTo(headers);
      next.addTo(headers);
    }
  }

  @Override
  public void beginHandlerHeaders() {
    addedForAll = added;
    added = null;
  }

  private static void addTo(ResponseHeaders headers, @Nullable AnswerHeaders more) {
    if (more != null) {
      more.addTo(headers);
    }
  }

  private ResponseHeaders withAdded(ResponseHeaders headers) {
    addTo(headers, addedForAll);
    addTo(headers, added);
    return headers;
  }

  @Override
  public void respond(int code, ResponseHeaders headers, ByteBuf whole) {
    if (transport.turn().isLoopThread()) {
      respondNow(code, headers, whole);
    } else {
      transport.turn().handOver(new Respond(this, code, headers, whole));
    }
  }

  private void respondNow(int code, ResponseHeaders headers, ByteBuf whole) {
    if (isForgotten()) {
      whole.release();
      return;
    }
    requireUnanswered(whole);
    if (isTooMuch(whole)) {
      whole.release();
      SharedLimit limit = transport.account().answerBytes().refusedBy();
      respondNow(429, tooManyHeaders(limit), ascii(TOO_MANY));
      return;
    }
    int bytes = whole.readableBytes();
    boolean bodiless = bytes == 0 || head.method().equals("HEAD") || code == 204 || code == 304;
    status = code;
    bodyBytes = bodiless ? 0 : bytes;
    complete();
    transport.head(code, withAdded(headers), bytes, bodiless);
    if (bodiless) {
      whole.release();
    } else {
      transport.piece(whole, true);
    }
  }

  /// Only reads are refused once their answer is there: whoever wrote has to hear what became of it.
  private boolean isTooMuch(ByteBuf whole) {
    return whole.readableBytes() > SMALL_ANSWER_BYTES
        && head.method().equals("GET")
        && !transport.hasAnswerRoom(whole.readableBytes());
  }

  private void requireUnanswered(ByteBuf whole) {
    if (answer != Answer.NONE) {
      whole.release();
      throw new IllegalStateException(
          "answer: given twice (expected: once) to %s %s".formatted(head.method(), head.target()));
    }
  }

  @Override
  public BodyWriter startResponse(int code, ResponseHeaders headers) {
    transport.turn().run(() -> startNow(code, headers));
    return new StreamedAnswer(this);
  }

  @Override
  public BodyWriter startWebSocket(WebSocketTerms terms) {
    return startWebSocket(terms, SocketReader.NOBODY);
  }

  @Override
  public BodyWriter startWebSocket(WebSocketTerms terms, SocketReader reader) {
    transport.turn().run(() -> switchNow(terms, reader));
    return new StreamedAnswer(this);
  }

  private void switchNow(WebSocketTerms terms, SocketReader reader) {
    if (isForgotten()) {
      return;
    }
    requireNotStarted();
    answer = Answer.STARTED;
    status = SWITCHING_PROTOCOLS;
    body().drop();
    transport.goOnAsWebSocket(
        terms,
        reader.equals(SocketReader.NOBODY) ? reader : (part, end) -> read(reader, part, end));
  }

  /// A reader that fails has its answer cut.
  private boolean read(SocketReader reader, byte[] part, boolean end) {
    boolean[] goesOn = {true};
    guard(() -> goesOn[0] = reader.take(part, end));
    return goesOn[0];
  }

  @Override
  public boolean keep(int bytes) {
    return transport.collecting(bytes);
  }

  private void requireNotStarted() {
    if (answer != Answer.NONE) {
      throw new IllegalStateException(
          "answer: started twice (expected: once) to %s %s"
              .formatted(head.method(), head.target()));
    }
  }

  private void startNow(int code, ResponseHeaders headers) {
    if (isForgotten()) {
      return;
    }
    requireNotStarted();
    boolean bodiless = head.method().equals("HEAD");
    answer = Answer.STARTED;
    status = code;
    if (bodiless) {
      complete();
    }
    transport.head(code, withAdded(headers), HttpTransport.UNKNOWN_LENGTH, bodiless);
  }

  void writeNow(ByteBuf piece) {
    if (answer == Answer.STARTED) {
      bodyBytes += piece.readableBytes();
      transport.piece(piece, false);
    } else {
      piece.release();
    }
  }

  void endNow() {
    if (answer == Answer.STARTED) {
      complete();
      transport.piece(Unpooled.EMPTY_BUFFER, true);
    }
  }

  void cutNow() {
    if (answer == Answer.STARTED) {
      complete();
      transport.cut();
    }
  }

  HttpTransport transport() {
    return transport;
  }

  @Override
  public void onAbort(Runnable action) {
    listen(ABORT, action);
  }

  @Override
  public void later(Runnable work) {
    transport.turn().later(() -> guard(work));
  }

  @Override
  public void onEnd(EndListener listener) {
    if (!END.listen(this, listener)) {
      transport.turn().run(() -> Faults.guard(() -> tellEnd(listener)));
    }
  }

  private void tellEnd(EndListener listener) {
    listener.ended(status, bodyBytes);
  }

  @Override
  public void onDraining(Runnable action) {
    listen(DRAIN, action);
  }

  private void listen(OneShotEvent<HttpExchange, Runnable> event, Runnable action) {
    if (!event.listen(this, action)) {
      transport.turn().run(() -> Faults.guard(action));
    }
  }

  private static final class Respond extends Handoff {
    private final HttpExchange exchange;
    private final int status;
    private final ResponseHeaders headers;
    private final ByteBuf whole;

    Respond(HttpExchange exchange, int status, ResponseHeaders headers, ByteBuf whole) {
      this.exchange = exchange;
      this.status = status;
      this.headers = headers;
      this.whole = whole;
    }

    @Override
    protected void run() {
      exchange.respondNow(status, headers, whole);
    }

    @Override
    protected void discard() {
      whole.release();
    }
  }
}
