package dev.pintle.kube;

import dev.pintle.wire.AnswerHeaders;
import dev.pintle.wire.AnswerRoom;
import dev.pintle.wire.BeyondClaim;
import dev.pintle.wire.Exchange;
import dev.pintle.wire.RequestHead;
import dev.pintle.wire.ResponseHeaders;
import dev.pintle.wire.SharedLimit;
import dev.pintle.wire.WebSocketTerms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An exchange without a wire: what was answered can be looked at, and a reader can be made to stop reading.
public final class FakeExchange implements Exchange, RequestHead {
  private static final int SECONDS_MAX = 60;

  private final String method;
  private final String target;
  private final byte[] body;
  private final Map<String, String> headers = new HashMap<>();
  private final CountDownLatch answered = new CountDownLatch(1);
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final List<byte[]> pieces = new ArrayList<>();
  private final List<String> answerHeaders = new ArrayList<>();
  private final List<AnswerHeaders> added = new ArrayList<>();
  private int addedOutside;
  private final List<Runnable> onAbort = new ArrayList<>();
  private final List<Runnable> onDraining = new ArrayList<>();
  private final List<Runnable> onEnd = new ArrayList<>();
  private boolean over;
  private volatile Runnable onWritable = () -> {};
  private volatile boolean writable = true;
  private volatile boolean ended;
  private boolean draining;
  private volatile int status;
  private AnswerRoom room = AnswerRoom.ENDLESS;
  private @Nullable SharedLimit beyond;
  private volatile boolean sips;
  private volatile boolean first;
  private volatile boolean closed;
  private volatile @Nullable WebSocketTerms terms;

  public FakeExchange(String method, String target, byte[] body, Map<String, String> headers) {
    this.method = method;
    this.target = target;
    this.body = body;
    this.headers.putAll(headers);
  }

  /// With no more room for its answer than `given` says.
  FakeExchange within(AnswerRoom given) {
    room = given;
    return this;
  }

  /// On a connection that was let in beyond a limit.
  FakeExchange beyond(SharedLimit limit) {
    beyond = limit;
    return this;
  }

  boolean isFirst() {
    return first;
  }

  boolean isClosed() {
    return closed;
  }

  public int status() throws InterruptedException {
    if (!answered.await(SECONDS_MAX, TimeUnit.SECONDS)) {
      throw new AssertionError(
          "no answer to %s %s within %d s".formatted(method, target, SECONDS_MAX));
    }
    return status;
  }

  public synchronized byte[] bytes() {
    return written.toByteArray();
  }

  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  public synchronized List<String> answerHeaders(String name) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < answerHeaders.size(); i += 2) {
      if (answerHeaders.get(i).equals(name)) {
        found.add(answerHeaders.get(i + 1));
      }
    }
    return found;
  }

  public boolean isEnded() {
    return ended;
  }

  /// Reads a piece whenever it is told to read again.
  FakeExchange sipping() {
    sips = true;
    return this;
  }

  void stopReading() {
    writable = false;
  }

  void readAgain() {
    writable = true;
    onWritable.run();
  }

  void abort() {
    onAbort.forEach(Runnable::run);
    tellEnd();
  }

  private void tellEnd() {
    List<Runnable> told;
    synchronized (this) {
      over = true;
      told = List.copyOf(onEnd);
      onEnd.clear();
    }
    told.forEach(Runnable::run);
  }

  @Override
  public void onEnd(EndListener listener) {
    synchronized (this) {
      onEnd.add(() -> listener.ended(status, bytes().length));
      if (!over) {
        return;
      }
    }
    tellEnd();
  }

  /// Waits until what was written contains `text`.
  void await(String text) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    synchronized (this) {
      while (!text().contains(text)) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError(
              "not written within %d s: %s; but: %s".formatted(SECONDS_MAX, text, text()));
        }
        wait(left);
      }
    }
  }

  @Override
  public void addHeaders(AnswerHeaders several) {
    added.add(several);
  }

  @Override
  public RequestHead head() {
    return this;
  }

  @Override
  public Optional<X509Certificate> clientCertificate() {
    return Optional.empty();
  }

  @Override
  public boolean clientCertificateRefused() {
    return false;
  }

  @Override
  public SocketAddress remoteAddress() {
    return InetSocketAddress.createUnresolved("client", 1);
  }

  @Override
  public Object client() {
    return "client";
  }

  @Override
  public AnswerRoom answerRoom() {
    return room;
  }

  @Override
  public Optional<SharedLimit> beyond() {
    return Optional.ofNullable(beyond);
  }

  @Override
  public void owes(BeyondClaim claim) {
    first = claim == BeyondClaim.CONNECTION;
  }

  @Override
  public void closeConnection() {
    closed = true;
  }

  @Override
  public ByteBufAllocator allocator() {
    return UnpooledByteBufAllocator.DEFAULT;
  }

  @Override
  public void streamBody(BodyReader reader) {
    reader.piece(Unpooled.copiedBuffer(body));
    reader.end();
  }

  @Override
  public void pauseBody() {}

  @Override
  public void resumeBody() {}

  @Override
  public synchronized void onDraining(Runnable action) {
    if (draining) {
      action.run();
    } else {
      onDraining.add(action);
    }
  }

  synchronized void drain() {
    draining = true;
    onDraining.forEach(Runnable::run);
  }

  /// Waits until the answer is whole.
  synchronized void awaitEnd() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    while (!ended) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError(
            "not ended within %d s: %s %s".formatted(SECONDS_MAX, method, target));
      }
      wait(left);
    }
  }

  @Override
  public void readBody(int bytesMax, Consumer<ByteBuf> whole, Runnable tooLarge) {
    if (body.length > bytesMax) {
      tooLarge.run();
    } else {
      whole.accept(Unpooled.copiedBuffer(body));
    }
  }

  @Override
  public void respond(int code, ResponseHeaders given, ByteBuf content) {
    start(code, given);
    write(content);
    tellEnd();
    finish();
    answered.countDown();
  }

  @Override
  public void beginHandlerHeaders() {
    addedOutside = added.size();
  }

  @Override
  public void preempt(int code, ResponseHeaders given, ByteBuf content) {
    if (answered.getCount() > 0) {
      added.subList(addedOutside, added.size()).clear();
      respond(code, given, content);
    }
    onAbort.forEach(Runnable::run);
  }

  @Override
  public void abandon() {
    answered.countDown();
    onAbort.forEach(Runnable::run);
  }

  @Override
  public BodyWriter startResponse(int code, ResponseHeaders given) {
    start(code, given);
    answered.countDown();
    return new Writer();
  }

  @Override
  public BodyWriter startWebSocket(WebSocketTerms given) {
    terms = given;
    status = 101;
    answered.countDown();
    return new Writer();
  }

  @Nullable WebSocketTerms terms() {
    return terms;
  }

  /// The pieces that were written.
  synchronized List<byte[]> pieces() {
    return List.copyOf(pieces);
  }

  private synchronized void start(int code, ResponseHeaders given) {
    status = code;
    answerHeaders.addAll(given.namesAndValues());
    ResponseHeaders told = new ResponseHeaders();
    added.forEach(one -> one.addTo(told));
    answerHeaders.addAll(told.namesAndValues());
  }

  private synchronized void finish() {
    ended = true;
    notifyAll();
  }

  private synchronized void write(ByteBuf piece) {
    byte[] bytes = ByteBufUtil.getBytes(piece);
    pieces.add(bytes);
    written.writeBytes(bytes);
    piece.release();
    notifyAll();
  }

  @Override
  public void onAbort(Runnable action) {
    onAbort.add(action);
  }

  @Override
  public void later(Runnable work) {
    work.run();
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String target() {
    return target;
  }

  @Override
  public String path() {
    int question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  @Override
  public String query() {
    int question = target.indexOf('?');
    return question < 0 ? "" : target.substring(question + 1);
  }

  @Override
  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  /// Several values of one header are given as lines.
  @Override
  public List<String> headers(String name) {
    String values = headers.get(name);
    return values == null ? List.of() : List.of(values.split("\n", -1));
  }

  @Override
  public void replace(String name, String value) {
    headers.put(name, value);
  }

  @Override
  public List<String> headerNames(String prefix) {
    return headers.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  @Override
  public String protocol() {
    return headers.containsKey("upgrade") ? "HTTP/1.1" : "HTTP/2";
  }

  private final class Writer implements BodyWriter {
    @Override
    public void write(ByteBuf piece) {
      writable = !sips;
      FakeExchange.this.write(piece);
    }

    @Override
    public boolean isWritable() {
      return writable;
    }

    @Override
    public void onWritable(Runnable action) {
      onWritable = action;
    }

    @Override
    public void cut() {
      end();
    }

    @Override
    public void end() {
      tellEnd();
      finish();
    }
  }
}
