package dev.pintle.etcd.gateway;

import dev.pintle.etcd.status.EtcdStatus;
import dev.pintle.wire.Exchange.BodyWriter;
import dev.pintle.wire.GrpcService.Inbound;
import dev.pintle.wire.GrpcService.Streaming;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStatus.Code;
import dev.pintle.wire.GrpcStream;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A stream that is answered as lines of JSON. The answer begins with the first message, as etcd's does: a stream that fails before is a
/// request that fails.
final class GatewayStream extends GatewayRequest implements GrpcStream {
  /// What a message that waits takes beside its bytes.
  private static final int WAITING_OVERHEAD_BYTES = 128;

  private final GatewayMeter meter;
  private final GatewayAnswer answer;

  /// Whoever sends first begins the answer.
  private final ReentrantLock beginning = new ReentrantLock();

  private volatile @Nullable BodyWriter writer;
  private volatile boolean over;
  private final List<Runnable> whenWritable = new ArrayList<>(1);

  // On the event loop only.
  private final Queue<ByteBuf> waiting = new ArrayDeque<>();
  private @Nullable Inbound inbound;
  private volatile boolean paused;
  private boolean whole;
  private int waitingBytes;

  GatewayStream(GatewayCall call) {
    super(call.method(), call.exchange(), call.head());
    this.answer = call.answer();
    this.meter = call.meter();
    exchange().onEnd((status, sent) -> forget());
  }

  /// Begins the call. On the event loop.
  void open(Streaming method) {
    if (over) {
      return;
    }
    exchange().onAbort(this::aborted);
    inbound = method.open(this);
    deliver();
  }

  private void aborted() {
    meter.ended(Code.CANCELLED);
    if (end()) {
      tellAborted();
    }
  }

  private void tellAborted() {
    Inbound told = inbound;
    if (told != null) {
      told.aborted();
    }
  }

  /// A message of the client's. On the event loop.
  void receive(ByteBuf message) {
    int bytes = message.readableBytes();
    if (mayDeliver() && waiting.isEmpty()) {
      give(message);
    } else if (exchange().keep(bytes)) {
      waitingBytes += bytes;
      waiting.add(message);
    } else {
      refuse(EtcdStatus.TOO_MANY_REQUESTS);
    }
  }

  private boolean mayDeliver() {
    return inbound != null && !paused && !over;
  }

  private void give(ByteBuf message) {
    Inbound reader = inbound;
    if (reader != null) {
      meter.received(message.readableBytes());
      reader.message(message);
    }
  }

  private void forget() {
    exchange().keep(-waitingBytes);
    waitingBytes = 0;
    waiting.clear();
  }

  /// The one message of the client's. On the event loop.
  void receiveOnly(ByteBuf message) {
    receive(message);
    receiveEnd();
  }

  /// A message of the client's that is refused ends the call. On the event loop.
  void refuse(GrpcStatus status) {
    if (end()) {
      meter.ended(status.code());
      BodyWriter begun = writer;
      if (begun == null) {
        answer.fail(status);
      } else {
        endBegun(begun, status);
      }
      tellAborted();
    }
  }

  /// The client sends no more. On the event loop.
  void receiveEnd() {
    whole = true;
    deliver();
  }

  /// So many bytes of messages wait until they are read, and a little for each.
  int waiting() {
    return waitingBytes + waiting.size() * WAITING_OVERHEAD_BYTES;
  }

  /// The call has taken longer than it may.
  void expire() {
    exchange().later(this::expireNow);
  }

  private void expireNow() {
    if (end()) {
      meter.ended(Code.DEADLINE_EXCEEDED);
      BodyWriter begun = writer;
      if (begun == null) {
        answer.expireEmpty();
      } else {
        endBegun(begun, GatewayDeadline.EXCEEDED);
      }
      tellAborted();
    }
  }

  private void deliver() {
    while (mayDeliver() && !waiting.isEmpty()) {
      ByteBuf message = waiting.remove();
      waitingBytes -= message.readableBytes();
      exchange().keep(-message.readableBytes());
      give(message);
    }
    Inbound reader = inbound;
    if (whole && reader != null && mayDeliver()) {
      whole = false;
      reader.halfClosed();
    }
  }

  @Override
  public void pauseReading() {
    paused = true;
  }

  @Override
  public void resumeReading() {
    exchange()
        .later(() -> {
          paused = false;
          deliver();
        });
  }

  /// Null when the call has ended.
  private @Nullable BodyWriter writer() {
    BodyWriter begun = writer;
    if (begun != null || over) {
      return begun;
    }
    beginning.lock();
    try {
      begun = writer;
      if (begun == null && !over) {
        begun = answer.begin();
        whenWritable.forEach(begun::onWritable);
        writer = begun;
      }
      return begun;
    } finally {
      beginning.unlock();
    }
  }

  @Override
  public void send(ByteBuf message) {
    try {
      BodyWriter begun = writer();
      if (begun != null) {
        meter.sent(message.readableBytes());
        begun.write(answer.line(GatewayJson.printResult(method().getOutputType(), message)));
      }
    } finally {
      message.release();
    }
  }

  @Override
  public boolean isWritable() {
    BodyWriter begun = writer;
    return begun == null || begun.isWritable();
  }

  @Override
  public void onWritable(Runnable action) {
    beginning.lock();
    try {
      BodyWriter begun = writer;
      if (begun == null) {
        whenWritable.add(action);
      } else {
        begun.onWritable(action);
      }
    } finally {
      beginning.unlock();
    }
  }

  @Override
  public void onDraining(Runnable action) {
    exchange().onDraining(action);
  }

  @Override
  public void close(GrpcStatus status) {
    if (end()) {
      meter.ended(status.code());
      BodyWriter begun = writer;
      if (begun == null) {
        endEmpty(status);
      } else {
        endBegun(begun, status);
      }
    }
  }

  /// Whether the call had not ended before; nobody begins the answer any more.
  private boolean end() {
    beginning.lock();
    try {
      boolean first = !over;
      over = true;
      return first;
    } finally {
      beginning.unlock();
    }
  }

  private void endBegun(BodyWriter begun, GrpcStatus status) {
    if (!status.isOk()) {
      begun.write(answer.line(GatewayJson.printError(status)));
    }
    begun.end();
  }

  private void endEmpty(GrpcStatus status) {
    if (status.isOk()) {
      answer.endEmpty();
    } else {
      answer.failEmpty(status);
    }
  }
}
