package dev.pintle.wire.http2;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2RemoteFlowController.FlowControlled;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The window of one stream to its client, and what waits for it. On the connection's event loop only.
final class OutboundWindow {
  private static final int QUEUE_MIN = 2;

  private final Http2Stream stream;
  private final ArrayDeque<FlowControlled> queue = new ArrayDeque<>(QUEUE_MIN);

  /// Negative when the client has made it smaller than what it was sent.
  private int bytes;

  private long queuedBytes;
  private long knownBytes;
  private boolean writing;
  private boolean over;
  private boolean inTurn;

  /// @param bytes that the client lets the stream send
  OutboundWindow(Http2Stream stream, int bytes) {
    this.stream = stream;
    this.bytes = bytes;
  }

  Http2Stream stream() {
    return stream;
  }

  int bytes() {
    return bytes;
  }

  long queuedBytes() {
    return queuedBytes;
  }

  /// By how many bytes the queue grew since this was asked last.
  long takeGrowth() {
    long more = queuedBytes - knownBytes;
    knownBytes = queuedBytes;
    return more;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  /// Whether nothing is sent any more.
  boolean isOver() {
    return over;
  }

  /// Whether it is among those that have their turns.
  boolean isInTurn() {
    return inTurn;
  }

  void setInTurn(boolean now) {
    inTurn = now;
  }

  /// Whether something may leave that needs no window of the connection either: the end of a stream, or headers.
  boolean mayWriteNothing() {
    FlowControlled first = queue.peek();
    return first != null && first.size() == 0;
  }

  /// Whether something may leave as far as this window goes.
  boolean mayWrite() {
    return !over && (mayWriteNothing() || (bytes > 0 && !queue.isEmpty()));
  }

  /// Makes the window wider, or, by a negative number, narrower; false when it would be wider than the protocol knows.
  boolean widen(int more) {
    if (more > 0 && bytes > Integer.MAX_VALUE - more) {
      return false;
    }
    bytes += more;
    return true;
  }

  void add(ChannelHandlerContext ctx, FlowControlled added) {
    FlowControlled last = queue.peekLast();
    int before = last == null ? 0 : last.size();
    if (last != null && last.merge(ctx, added)) {
      queuedBytes += last.size() - before;
    } else {
      queue.add(added);
      queuedBytes += added.size();
    }
  }

  /// Writes as much as fits into the window and into `room`; a piece that fails ends the stream.
  ///
  /// @return how many bytes that was
  int write(ChannelHandlerContext ctx, int room) {
    int before = bytes;
    writing = true;
    Throwable failure = null;
    try {
      int left = room;
      while (!over && mayWrite() && (left > 0 || mayWriteNothing())) {
        left -= writeFirst(ctx, left);
      }
    } catch (RuntimeException | Error fault) {
      over = true;
      failure = fault;
    } finally {
      writing = false;
    }
    if (over) {
      end(ctx, failure == null ? Http2Error.STREAM_CLOSED : Http2Error.INTERNAL_ERROR, failure);
    }
    return before - bytes;
  }

  private int writeFirst(ChannelHandlerContext ctx, int room) {
    FlowControlled first = queue.element();
    int size = first.size();
    try {
      first.write(ctx, Math.max(0, Math.min(room, bytes)));
    } finally {
      bytes -= size - first.size();
      queuedBytes -= size - first.size();
    }
    if (first.size() == 0) {
      queue.remove();
      first.writeComplete();
    }
    return size - first.size();
  }

  /// What waits is never sent.
  void end(@Nullable ChannelHandlerContext ctx, Http2Error error, @Nullable Throwable cause) {
    over = true;
    if (writing || queue.isEmpty()) {
      return;
    }
    Http2Exception why =
        Http2Exception.streamError(
            stream.id(), error, cause, "the stream ended before all of it was sent");
    for (FlowControlled dropped = queue.poll(); dropped != null; dropped = queue.poll()) {
      queuedBytes -= dropped.size();
      dropped.error(ctx, why);
    }
  }
}
