package dev.pintle.etcd.watch;

import dev.pintle.kernel.watch.WatchEvent;
import dev.pintle.member.WatchHub.Notice;
import dev.pintle.wire.GrpcStream;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/// The sender of the events of one stream's watchers.
final class EventSender {
  /// A watcher that asked for fragments gets no answer of this size with more than one event in it: etcd's largest request and
  /// its allowance for framing.
  static final int FRAGMENT_BYTES_MAX = 1_572_864 + 512 * 1024;

  private final GrpcStream stream;
  private final WatchResponses responses;
  private final EventMemo memo;

  EventSender(GrpcStream stream, WatchResponses responses, EventMemo memo) {
    this.stream = stream;
    this.responses = responses;
    this.memo = memo;
  }

  void send(Notice.Events notice, WatcherOptions options) {
    List<WatchEvent> events = notice.events();
    if (events.size() == 1) {
      byte[] event = memo.encoded(events.getFirst(), options.previous());
      ByteBuf out = responses.beginEvents(notice.watchId(), notice.revision(), event.length, false);
      stream.send(out.writeBytes(event));
    } else {
      sendMany(notice, options);
    }
  }

  private void sendMany(Notice.Events notice, WatcherOptions options) {
    int base = responses.eventsBaseSize(notice.watchId(), notice.revision());
    List<byte[]> piece = new ArrayList<>(notice.events().size());
    int size = 0;
    for (WatchEvent event : notice.events()) {
      byte[] encoded = memo.encoded(event, options.previous());
      boolean full = base + size + encoded.length >= FRAGMENT_BYTES_MAX && !piece.isEmpty();
      if (options.fragment() && full) {
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
