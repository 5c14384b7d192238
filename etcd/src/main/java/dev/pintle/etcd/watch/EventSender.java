package dev.pintle.etcd.watch;

import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.member.WatchHub.Notice;
import dev.pintle.wire.GrpcStream;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// The sender of the events of one stream's watchers.
final class EventSender {
  /// What an answer takes more than others when there are more fragments to come.
  private static final int FRAGMENT_MARK_BYTES = 2;

  private final int fragmentBytesMax;
  private final GrpcStream stream;
  private final WatchResponses responses;
  private final EventMemo memo;
  private final LongSupplier compacted;

  /// @param fragmentBytesMax a watcher that asked for fragments gets no answer of this size with more than one event in it
  /// @param compacted the newest compacted revision
  EventSender(
      GrpcStream stream,
      WatchResponses responses,
      EventMemo memo,
      int fragmentBytesMax,
      LongSupplier compacted) {
    this.compacted = compacted;
    this.fragmentBytesMax = fragmentBytesMax;
    this.stream = stream;
    this.responses = responses;
    this.memo = memo;
  }

  void send(Notice.Events notice, WatcherOptions options) {
    List<WatchEvent> events = notice.events();
    if (events.size() == 1) {
      byte[] event = encoded(events.getFirst(), options);
      ByteBuf out = responses.beginEvents(notice.watchId(), notice.revision(), event.length, false);
      stream.send(out.writeBytes(event));
    } else {
      sendMany(notice, options);
    }
  }

  /// What a key was before is told as far as it can still be read.
  private byte[] encoded(WatchEvent event, WatcherOptions options) {
    boolean previous = options.previous() && event.revision() > compacted.getAsLong();
    return memo.encoded(event, previous);
  }

  private void sendMany(Notice.Events notice, WatcherOptions options) {
    List<byte[]> all = new ArrayList<>(notice.events().size());
    long size = 0;
    for (WatchEvent event : notice.events()) {
      byte[] encoded = encoded(event, options);
      all.add(encoded);
      size += encoded.length;
    }
    int base = responses.eventsBaseSize(notice.watchId(), notice.revision());
    if (options.fragment() && base + size >= fragmentBytesMax) {
      sendFragments(notice, all, base + FRAGMENT_MARK_BYTES);
    } else {
      sendPiece(notice, all, Math.toIntExact(size), false);
    }
  }

  private void sendFragments(Notice.Events notice, List<byte[]> all, int base) {
    List<byte[]> piece = new ArrayList<>();
    int size = 0;
    for (byte[] encoded : all) {
      if (!piece.isEmpty() && (long) base + size + encoded.length >= fragmentBytesMax) {
        sendPiece(notice, piece, size, true);
        piece.clear();
        size = 0;
      }
      piece.add(encoded);
      size += encoded.length;
    }
    sendPiece(notice, piece, size, false);
  }

  private void sendPiece(Notice.Events notice, List<byte[]> piece, int size, boolean more) {
    ByteBuf out = responses.beginEvents(notice.watchId(), notice.revision(), size, more);
    for (byte[] event : piece) {
      out.writeBytes(event);
    }
    stream.send(out);
  }
}
