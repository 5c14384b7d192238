package dev.pintle.bench.wire;

import dev.pintle.wire.GrpcService;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/// Streams that only listen, and a thread that tells them all the same.
final class PushStreams {
  private final List<GrpcStream> streams = new CopyOnWriteArrayList<>();

  GrpcService.Inbound open(GrpcStream stream) {
    streams.add(stream);
    return new Listener(stream);
  }

  long push(int rounds, int bytes, long microsBetween) {
    ByteBuf message = Unpooled.unreleasableBuffer(Unpooled.directBuffer(bytes).writeZero(bytes));
    long sent = 0;
    long next = System.nanoTime();
    for (int round = 0; round < rounds; round++) {
      for (GrpcStream stream : streams) {
        awaitWritable(stream);
        stream.send(message.duplicate());
        sent++;
      }
      next += microsBetween * 1000;
      LockSupport.parkNanos(Math.max(0, next - System.nanoTime()));
    }
    return sent;
  }

  private static void awaitWritable(GrpcStream stream) {
    while (!stream.isWritable()) {
      LockSupport.parkNanos(200_000);
    }
  }

  long end() {
    long count = streams.size();
    streams.forEach(stream -> stream.close(GrpcStatus.OK));
    return count;
  }

  private final class Listener implements GrpcService.Inbound {
    private final GrpcStream stream;

    Listener(GrpcStream stream) {
      this.stream = stream;
    }

    @Override
    public void message(ByteBuf message) {}

    @Override
    public void halfClosed() {}

    @Override
    public void aborted() {
      streams.remove(stream);
    }
  }
}
