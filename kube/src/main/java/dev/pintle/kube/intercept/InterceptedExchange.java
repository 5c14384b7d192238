package dev.pintle.kube.intercept;

import dev.pintle.kube.negotiation.MediaType;
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
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// An exchange whose answer can be kept from its client, whose events can be cut off, and whose body can be read twice. All else is that of the
/// wire.
final class InterceptedExchange implements Exchange {
  private static final int SWITCHING_PROTOCOLS = 101;

  private final Exchange wire;
  private final AtomicReference<byte @Nullable []> body = new AtomicReference<>();
  private volatile boolean keepsBody;
  private volatile @Nullable IntConsumer unanswered;
  private volatile @Nullable EventLimit limit;
  private volatile @Nullable LastEvent last;
  private volatile boolean over;

  /// The only event of an answer, which ends with it.
  @FunctionalInterface
  interface LastEvent {
    /// @param binary whether it is to be in the protobuf form
    byte[] bytes(boolean binary);
  }

  /// The limit of the events of an answer.
  ///
  /// @param events so many are sent
  /// @param reached told once, when the next one is not
  record EventLimit(int events, Runnable reached) {}

  InterceptedExchange(Exchange wire) {
    this.wire = wire;
  }

  /// Keeps the body that is read, so that it can be read again.
  void keepBody() {
    keepsBody = true;
  }

  /// Keeps the answer from the client: the exchange ends in its place.
  ///
  /// @param told the status that it would have had
  void breakOff(IntConsumer told) {
    unanswered = told;
  }

  /// Breaks off in place of the event that would be one too many.
  void limitEvents(EventLimit most) {
    limit = most;
  }

  /// Ends the events with this one before any other.
  void endWith(LastEvent event) {
    last = event;
  }

  @Override
  public void readBody(int bytesMax, Consumer<ByteBuf> whole, Runnable tooLarge) {
    byte[] known = body.get();
    if (known != null) {
      whole.accept(Unpooled.wrappedBuffer(known));
    } else if (keepsBody) {
      wire.readBody(
          bytesMax,
          read -> {
            body.set(ByteBufUtil.getBytes(read));
            whole.accept(read);
          },
          tooLarge);
    } else {
      wire.readBody(bytesMax, whole, tooLarge);
    }
  }

  @Override
  public void respond(int status, ResponseHeaders headers, ByteBuf content) {
    if (isBrokenOff(status)) {
      content.release();
    } else {
      wire.respond(status, headers, content);
    }
  }

  @Override
  public BodyWriter startResponse(int status, ResponseHeaders headers) {
    if (isBrokenOff(status)) {
      return NOWHERE;
    }
    boolean binary =
        headers.ownNamesAndValues().stream()
            .anyMatch(value -> value.startsWith(MediaType.PROTOBUF.text()));
    return limited(
        wire.startResponse(status, headers),
        binary ? EventFraming.PREFIXED : EventFraming.LINES,
        binary);
  }

  @Override
  public BodyWriter startWebSocket(WebSocketTerms terms) {
    return isBrokenOff(SWITCHING_PROTOCOLS)
        ? NOWHERE
        : limited(wire.startWebSocket(terms), EventFraming.MESSAGES, !terms.text());
  }

  private boolean isBrokenOff(int status) {
    IntConsumer told = unanswered;
    if (told == null) {
      return false;
    }
    told.accept(status);
    wire.abandon();
    return true;
  }

  private BodyWriter limited(BodyWriter writer, EventFraming frames, boolean binary) {
    LastEvent only = last;
    if (only != null) {
      over = true;
      writer.write(Unpooled.wrappedBuffer(frames.framed(only.bytes(binary))));
      writer.end();
      return NOWHERE;
    }
    EventLimit most = limit;
    return most == null ? writer : new LimitedEvents(writer, most, frames, wire::abandon);
  }

  /// The writer of an answer that nobody gets.
  private static final BodyWriter NOWHERE =
      new BodyWriter() {
        @Override
        public void write(ByteBuf piece) {
          piece.release();
        }

        @Override
        public boolean isWritable() {
          return false;
        }

        @Override
        public void onWritable(Runnable action) {}

        @Override
        public void end() {}

        @Override
        public void cut() {}
      };

  @Override
  public RequestHead head() {
    return wire.head();
  }

  @Override
  public Optional<X509Certificate> clientCertificate() {
    return wire.clientCertificate();
  }

  @Override
  public boolean clientCertificateRefused() {
    return wire.clientCertificateRefused();
  }

  @Override
  public SocketAddress remoteAddress() {
    return wire.remoteAddress();
  }

  @Override
  public Object client() {
    return wire.client();
  }

  @Override
  public Optional<SharedLimit> beyond() {
    return wire.beyond();
  }

  @Override
  public boolean isServedBeyond(BeyondClaim claim) {
    return wire.isServedBeyond(claim);
  }

  @Override
  public void owes(BeyondClaim claim) {
    wire.owes(claim);
  }

  @Override
  public void closeConnection() {
    wire.closeConnection();
  }

  @Override
  public ByteBufAllocator allocator() {
    return wire.allocator();
  }

  @Override
  public AnswerRoom answerRoom() {
    return wire.answerRoom();
  }

  @Override
  public void streamBody(BodyReader reader) {
    wire.streamBody(reader);
  }

  @Override
  public void pauseBody() {
    wire.pauseBody();
  }

  @Override
  public void resumeBody() {
    wire.resumeBody();
  }

  @Override
  public void preempt(int status, ResponseHeaders headers, ByteBuf content) {
    wire.preempt(status, headers, content);
  }

  @Override
  public void abandon() {
    wire.abandon();
  }

  @Override
  public void addHeaders(AnswerHeaders several) {
    wire.addHeaders(several);
  }

  @Override
  public void beginHandlerHeaders() {
    wire.beginHandlerHeaders();
  }

  @Override
  public void onAbort(Runnable action) {
    if (over) {
      // For the handler, whose events nobody hears.
      action.run();
    } else {
      wire.onAbort(action);
    }
  }

  @Override
  public void later(Runnable work) {
    wire.later(work);
  }

  @Override
  public void onEnd(EndListener listener) {
    wire.onEnd(listener);
  }

  @Override
  public void onDraining(Runnable action) {
    wire.onDraining(action);
  }
}
