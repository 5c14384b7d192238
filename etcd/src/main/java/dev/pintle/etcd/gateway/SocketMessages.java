package dev.pintle.etcd.gateway;

import dev.pintle.etcd.work.SlowWork;
import dev.pintle.wire.SocketReader;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.function.Consumer;

/// The JSON values that a client sends over a WebSocket, made messages of one after another: a value may come in several messages of the
/// socket, and a message may hold several. Runs on the event loop, but for values that are long.
final class SocketMessages implements SocketReader {
  /// A taker of what was read.
  interface Reader {
    void message(ByteBuf message);

    /// No more can be read: what came is no message. Told once, and never when the client has gone.
    void bad(BadJson why);

    /// So many bytes were taken that nobody has looked at.
    int waiting();
  }

  private static final byte[] NOTHING = new byte[0];
  private static final int BYTES_MIN = 256;

  /// A larger buffer is not kept for the next message.
  private static final int BYTES_KEPT_MAX = 64 << 10;

  private final GatewayCall call;
  private final int bytesMax;
  private final SlowWork slowWork;
  private final Reader reader;
  private byte[] bytes = NOTHING;
  private int counted;
  private int from;
  private int scanned;
  private int to;
  private JsonSyntax syntax = new JsonSyntax();

  /// A long value is being read elsewhere.
  private boolean busy;

  private boolean over;

  /// @param bytesMax most that is kept of what the client sent and nobody has looked at
  SocketMessages(GatewayCall call, int bytesMax, SlowWork slowWork, Reader reader) {
    this.call = call;
    this.bytesMax = bytesMax;
    this.slowWork = slowWork;
    this.reader = reader;
    call.exchange().onEnd((status, sent) -> forget());
  }

  private void forget() {
    over = true;
    call.exchange().keep(-counted);
    counted = 0;
    bytes = NOTHING;
    from = 0;
    scanned = 0;
    to = 0;
  }

  /// Between two messages stands the end of a line.
  @Override
  public boolean take(byte[] part, boolean end) {
    if (over) {
      return true;
    }
    int more = part.length + (end ? 1 : 0);
    if (more > bytesMax - (to - from) - reader.waiting() || !makeRoom(more)) {
      return false;
    }
    System.arraycopy(part, 0, bytes, to, part.length);
    to += part.length;
    if (end) {
      bytes[to++] = '\n';
    }
    goOn();
    return true;
  }

  /// Answers false when there is none.
  private boolean makeRoom(int more) {
    if (to + more <= bytes.length) {
      return true;
    }
    int kept = to - from;
    if (kept + more > bytes.length / 2 || bytes.length > BYTES_KEPT_MAX) {
      int size = Math.max(BYTES_MIN, 2 * (kept + more));
      if (!count(size)) {
        return false;
      }
      bytes = Arrays.copyOfRange(bytes, from, from + size);
    } else {
      System.arraycopy(bytes, from, bytes, 0, kept);
    }
    scanned -= from;
    from = 0;
    to = kept;
    return true;
  }

  private boolean count(int size) {
    if (!call.exchange().keep(size - counted)) {
      return false;
    }
    counted = size;
    return true;
  }

  private void goOn() {
    while (!busy && !over && scanned < to) {
      int end;
      try {
        end = syntax.feed(bytes, scanned, to);
      } catch (BadJson bad) {
        fail(bad);
        return;
      }
      if (end < 0) {
        scanned = to;
        if (!syntax.hasBegun()) {
          from = to;
        }
        return;
      }
      byte[] value = Arrays.copyOfRange(bytes, from, end);
      from = end;
      scanned = end;
      syntax = new JsonSyntax();
      take(value);
    }
  }

  private void take(byte[] value) {
    if (value.length <= GatewayRequest.AT_ONCE_BYTES_MAX) {
      told(value, this::give, this::fail);
      return;
    }
    busy = true;
    boolean taken =
        slowWork.tryExecuteLong(
            call,
            () ->
                told(
                    value,
                    message -> call.later(() -> done(() -> give(message))),
                    bad -> call.later(() -> done(() -> fail(bad)))));
    if (!taken) {
      over = true;
    }
  }

  private void told(byte[] value, Consumer<ByteBuf> message, Consumer<BadJson> none) {
    ByteBuf read;
    try {
      read = GatewayJson.message(call.method().getInputType(), value);
    } catch (BadJson bad) {
      none.accept(bad);
      return;
    }
    message.accept(read);
  }

  private void done(Runnable then) {
    busy = false;
    then.run();
    goOn();
  }

  private void give(ByteBuf message) {
    if (!over) {
      reader.message(message);
    }
  }

  private void fail(BadJson why) {
    if (!over) {
      over = true;
      reader.bad(why);
    }
  }
}
