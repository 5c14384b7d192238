package dev.pintle.wire.grpc;

import dev.pintle.wire.GrpcStatus.Code;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// The cutter of length-prefixed messages out of DATA frames, however they are split or merged.
///
/// A message that arrives whole is delivered as a slice of the frame, without a copy. What is incomplete, or arrives
/// while reading is paused, is collected, in a buffer that grows with what has come and not with what was announced. The peer may send again what was delivered or is part of the message being
/// collected (whose length is bounded); what waits behind a pause keeps its window.
final class Deframer {
  /// One byte of flags, four of length.
  static final int PREFIX_BYTES = 5;

  private static final int COLLECT_BYTES_MIN = 512;

  /// A message whose beginning has come is given room for so many times as much, so that it is seldom copied again.
  private static final int ROOM_PER_BYTE = 4;

  /// A taker of whole messages.
  interface Sink {
    /// `message` is valid during the call only.
    void message(ByteBuf message, boolean compressed) throws Refused;
  }

  private final ByteBufAllocator allocator;
  private final int messageBytesMax;
  private final Sink sink;
  private @Nullable ByteBuf collected;
  private int unreturnedBytes;
  private boolean paused;
  private boolean closed;

  Deframer(ByteBufAllocator allocator, int messageBytesMax, Sink sink) {
    this.allocator = allocator;
    this.messageBytesMax = messageBytesMax;
    this.sink = sink;
  }

  /// Takes `data`, delivers what is whole. Returns how many bytes the peer may send again.
  int feed(ByteBuf data) throws Refused {
    unreturnedBytes += data.readableBytes();
    if (closed) {
      return returnable();
    }
    if (collected == null) {
      deliver(data);
      if (data.isReadable() && !closed) {
        collect(data);
      }
    } else {
      collect(data);
      deliverCollected();
    }
    return returnable();
  }

  void pause() {
    paused = true;
  }

  /// Delivers what waited. Returns how many bytes the peer may send again.
  int resume() throws Refused {
    paused = false;
    deliverCollected();
    return returnable();
  }

  boolean isPaused() {
    return paused;
  }

  /// Bytes held in memory.
  int collectedBytes() {
    return collected == null ? 0 : collected.readableBytes();
  }

  /// What the bytes held take.
  int heldBytes() {
    return collected == null ? 0 : collected.capacity();
  }

  /// Forgets what was collected, and whatever comes.
  void close() {
    closed = true;
    if (collected != null) {
      collected.release();
      collected = null;
    }
  }

  private int returnable() {
    int kept = paused ? Math.min(unreturnedBytes, collectedBytes()) : 0;
    int returned = unreturnedBytes - kept;
    unreturnedBytes = kept;
    return returned;
  }

  private void collect(ByteBuf data) {
    ByteBuf into = collected;
    if (into == null) {
      into = allocator.buffer(Math.max(COLLECT_BYTES_MIN, wantedBytes(data)));
      collected = into;
    }
    into.writeBytes(data);
  }

  /// The whole first message of `data` when its length is known and allowed, within reason.
  private int wantedBytes(ByteBuf data) {
    int here = data.readableBytes();
    if (here < PREFIX_BYTES) {
      return 0;
    }
    long whole = data.getUnsignedInt(data.readerIndex() + 1) + PREFIX_BYTES;
    return whole > messageBytesMax + (long) PREFIX_BYTES
        ? here
        : (int) Math.max(Math.min(whole, (long) here * ROOM_PER_BYTE), here);
  }

  private void deliverCollected() throws Refused {
    ByteBuf from = collected;
    if (from == null) {
      return;
    }
    // Delivering may close this deframer, and the slice being delivered must outlive that.
    from.retain();
    try {
      deliver(from);
    } finally {
      from.release();
    }
    if (closed) {
      return;
    }
    if (from.isReadable()) {
      discardRead(from);
    } else {
      from.release();
      collected = null;
    }
  }

  /// Bytes that somebody still reads stay where they are.
  private static void discardRead(ByteBuf from) {
    if (from.refCnt() == 1) {
      from.discardSomeReadBytes();
    }
  }

  private void deliver(ByteBuf from) throws Refused {
    while (!paused && !closed && from.readableBytes() >= PREFIX_BYTES) {
      int start = from.readerIndex();
      long length = from.getUnsignedInt(start + 1);
      if (length > messageBytesMax) {
        throw new Refused(
            Code.RESOURCE_EXHAUSTED,
            "grpc: received message larger than max (%d vs. %d)"
                .formatted(length, messageBytesMax));
      }
      if (from.readableBytes() - PREFIX_BYTES < length) {
        return;
      }
      int flags = from.getUnsignedByte(start);
      if (flags > 1) {
        throw new Refused(Code.INTERNAL, "grpc: received unexpected payload format " + flags);
      }
      ByteBuf message = from.slice(start + PREFIX_BYTES, (int) length);
      from.skipBytes(PREFIX_BYTES + (int) length);
      sink.message(message, flags == 1);
    }
  }
}
