package dev.pintle.wire.grpc;

import dev.pintle.wire.AnswerRoom;
import dev.pintle.wire.CallMeter;
import dev.pintle.wire.GrpcLimits;
import dev.pintle.wire.GrpcRequest;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStatus.Code;
import dev.pintle.wire.budget.ReservedRoom;
import dev.pintle.wire.http2.StreamLink;
import dev.pintle.wire.http2.StreamReader;
import dev.pintle.wire.loop.Faults;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.Future;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One call on the server's side: what unary and streaming calls share. It ends once: answered by us, refused, aborted
/// by the client, or out of time. Its state belongs to the event loop.
///
/// A client may have thousands of calls open of which no message comes, and the collector copies all that they hold: so the headers of a
/// request are read when it begins, and not kept.
abstract class ServerCall implements StreamReader, GrpcRequest, Deframer.Sink {
  private static final GrpcStatus HANDLER_FAILED =
      new GrpcStatus(Code.INTERNAL, "the handler of this method failed");
  static final GrpcStatus NO_ROOM =
      new GrpcStatus(
          Code.RESOURCE_EXHAUSTED, "grpc: no room for the message: too many requests at once");

  private final StreamLink link;
  private final String path;
  private final GrpcLimits limits;
  private final CallMeter meter;
  private final Deframer deframer;
  private final boolean gzip;
  private final @Nullable CharSequence timeout;
  private final @Nullable CharSequence token;
  private final long acceptedNanos;
  private int collectedBytes;
  private int heldBytes;
  private boolean headSent;
  private volatile @Nullable ReservedRoom room;
  private volatile boolean ended;
  private boolean endWaits;
  private @Nullable Future<?> deadline;

  ServerCall(
      StreamLink link, Http2Headers request, String path, GrpcLimits limits, CallMeter meter) {
    this.link = link;
    this.acceptedNanos = link.turn().nanos();
    this.meter = meter;
    this.path = path;
    this.limits = limits;
    this.timeout = request.get(GrpcHeaders.TIMEOUT);
    this.token = token(request);
    this.gzip = AsciiString.contentEqualsIgnoreCase(Gzip.NAME, request.get(GrpcHeaders.ENCODING));
    this.deframer = new Deframer(link.allocator(), limits.receiveMessageBytesMax(), this);
  }

  private static @Nullable CharSequence token(Http2Headers request) {
    CharSequence token = request.get(GrpcHeaders.TOKEN);
    return token == null ? request.get(HttpHeaderNames.AUTHORIZATION) : token;
  }

  /// Takes one whole message of the client.
  abstract void message(ByteBuf message) throws Refused;

  /// The client will send no more; not called when the call has ended.
  abstract void halfClosed() throws Refused;

  /// The call ended without an answer of the handler's.
  abstract void cutOff();

  // What the client sends.

  @Override
  public final int data(ByteBuf data) {
    return reading(() -> deframer.feed(data));
  }

  @Override
  public final void end() {
    if (ended) {
      return;
    }
    if (deframer.isPaused()) {
      endWaits = true;
      return;
    }
    reading(() -> {
      if (deframer.collectedBytes() > 0) {
        throw new Refused(Code.INTERNAL, "the stream ended inside a message");
      }
      halfClosed();
      return 0;
    });
  }

  @Override
  public final void message(ByteBuf message, boolean compressed) throws Refused {
    meter.received(message.readableBytes());
    if (!compressed) {
      message(message);
      return;
    }
    if (!gzip) {
      throw new Refused(Code.INTERNAL, "grpc: compressed flag set with identity or empty encoding");
    }
    ByteBuf unpacked = Gzip.unpack(allocator(), message, limits.receiveMessageBytesMax());
    try {
      message(unpacked);
    } finally {
      unpacked.release();
    }
  }

  @Override
  public final void aborted() {
    if (!ended) {
      meter.ended(Code.CANCELLED);
    }
    stop();
    Faults.guard(this::cutOff);
  }

  @Override
  public void draining() {}

  final void pauseDeframer() {
    deframer.pause();
  }

  /// Delivers what waited; returns its window to the client.
  final void resumeDeframer() {
    if (!ended && deframer.isPaused()) {
      link.consumed(reading(deframer::resume));
      if (endWaits && !deframer.isPaused()) {
        endWaits = false;
        end();
      }
    }
  }

  private interface Reading {
    int run() throws Refused;
  }

  private int reading(Reading step) {
    try {
      int returned = step.run();
      int growth = deframer.heldBytes() - collectedBytes;
      if (growth != 0 && !ended) {
        collect(growth);
      }
      return returned;
    } catch (Refused refused) {
      refuse(refused.status());
    } catch (RuntimeException | Error fault) {
      Faults.report(fault);
      refuse(HANDLER_FAILED);
    }
    return 0;
  }

  private void collect(int growth) {
    if (link.collecting(growth)) {
      collectedBytes += growth;
    } else {
      refuse(NO_ROOM);
    }
  }

  final void refuse(GrpcStatus status) {
    if (!ended) {
      finish(status);
      Faults.guard(this::cutOff);
    }
  }

  // What we send.

  final boolean isEnded() {
    return ended;
  }

  /// Queues `message`, released by the wire.
  final void write(ByteBuf message) {
    if (ended) {
      message.release();
      return;
    }
    ByteBuf body = message;
    if (gzip) {
      body = Gzip.pack(allocator(), message);
      message.release();
    }
    int length = body.readableBytes();
    if (length > limits.sendMessageBytesMax()) {
      body.release();
      refuse(
          new GrpcStatus(
              Code.RESOURCE_EXHAUSTED,
              "grpc: trying to send message larger than max (%d vs. %d)"
                  .formatted(length, limits.sendMessageBytesMax())));
      return;
    }
    sendHead();
    meter.sent(length);
    link.message(gzip ? 1 : 0, body);
  }

  private void sendHead() {
    if (!headSent) {
      headSent = true;
      link.headers(gzip ? GrpcHeaders.HEAD_GZIP : GrpcHeaders.HEAD, false);
    }
  }

  /// Ends the call with `status`.
  final void finish(GrpcStatus status) {
    if (ended) {
      return;
    }
    stop();
    meter.ended(status.code());
    if (headSent || status.isOk()) {
      sendHead();
      link.headers(GrpcHeaders.trailers(status), true);
    } else {
      link.headers(GrpcHeaders.trailersOnly(200, status), true);
    }
  }

  private void stop() {
    ended = true;
    deframer.close();
    if (collectedBytes > 0) {
      link.collecting(-collectedBytes);
      collectedBytes = 0;
    }
    keep(-heldBytes);
    ReservedRoom taken = room;
    if (taken != null) {
      taken.close();
    }
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  // The deadline.

  /// Starts the clock, if the client named a timeout and the call has not ended yet. Called as late as possible: a call
  /// that is answered at once never needs a timer.
  final void armDeadline() {
    CharSequence asked = timeout;
    if (asked == null || ended || deadline != null) {
      return;
    }
    OptionalLong nanos = GrpcTimeout.parseNanos(asked);
    if (nanos.isEmpty()) {
      refuse(new GrpcStatus(Code.INTERNAL, "malformed grpc-timeout: " + asked));
      return;
    }
    long left = nanos.getAsLong() - (link.turn().nanos() - acceptedNanos);
    deadline = link.turn().schedule(this::expire, Math.max(0, left));
  }

  private void expire() {
    refuse(new GrpcStatus(Code.DEADLINE_EXCEEDED, "context deadline exceeded"));
  }

  // Who called.

  @Override
  public final String path() {
    return path;
  }

  @Override
  public final Optional<X509Certificate> clientCertificate() {
    return link.clientCertificate().proven();
  }

  @Override
  public final @Nullable String authToken() {
    CharSequence sent = token;
    return sent == null ? null : sent.toString();
  }

  @Override
  public final Object client() {
    return link.client();
  }

  @Override
  public final void later(Runnable work) {
    link.turn()
        .later(() -> {
          if (!Faults.guard(work)) {
            refuse(HANDLER_FAILED);
          }
        });
  }

  /// What a call that has ended keeps is not counted any more: it is about to be forgotten.
  @Override
  public final boolean keep(int bytes) {
    if (bytes > 0 && (ended || !link.collecting(bytes))) {
      return ended;
    }
    if (bytes < 0 && heldBytes > 0) {
      link.collecting(bytes);
    }
    heldBytes = Math.max(0, heldBytes + bytes);
    return true;
  }

  @Override
  public final ByteBufAllocator allocator() {
    return link.allocator();
  }

  @Override
  public final AnswerRoom answerRoom() {
    ReservedRoom taken = room;
    if (taken == null) {
      taken = link.newAnswerRoom();
      room = taken;
      if (ended) {
        taken.close();
      }
    }
    return taken;
  }

  final StreamLink link() {
    return link;
  }
}
