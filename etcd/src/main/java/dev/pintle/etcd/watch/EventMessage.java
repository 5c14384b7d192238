package dev.pintle.etcd.watch;

import dev.pintle.etcd.message.FieldSize;
import dev.pintle.etcd.message.FieldWriter;
import dev.pintle.etcd.message.KeyValueMessage;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.watch.WatchEvent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/// The writer of `mvccpb.Event` as the `events` field of a watch answer, its tag included.
final class EventMessage {
  private static final int EVENTS = 11;
  private static final int TYPE = 1;
  private static final int CURRENT = 2;
  private static final int PREVIOUS = 3;

  private EventMessage() {}

  static byte[] encode(WatchEvent event, boolean withPrevious) {
    KeyValue previous = withPrevious ? event.previous() : null;
    int size = size(event, previous);
    byte[] bytes = new byte[FieldSize.nested(EVENTS, size)];
    ByteBuf out = Unpooled.wrappedBuffer(bytes).clear();
    FieldWriter.nested(out, EVENTS, size);
    FieldWriter.int64(out, TYPE, type(event));
    KeyValueMessage.writeField(out, CURRENT, event.current());
    if (previous != null) {
      KeyValueMessage.writeField(out, PREVIOUS, previous);
    }
    return bytes;
  }

  private static int size(WatchEvent event, @Nullable KeyValue previous) {
    return FieldSize.int64(TYPE, type(event))
        + KeyValueMessage.fieldSize(CURRENT, event.current())
        + (previous == null ? 0 : KeyValueMessage.fieldSize(PREVIOUS, previous));
  }

  private static long type(WatchEvent event) {
    return switch (event.kind()) {
      case PUT -> 0;
      case DELETE -> 1;
    };
  }
}
