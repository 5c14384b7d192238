package dev.pintle.bench;

import dev.pintle.bench.client.Proto;
import dev.pintle.bench.client.RawBytes;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Watchers of one key over a number of streams, counting what arrives.
final class WatchStreams implements AutoCloseable {
  private static final MethodDescriptor<byte[], byte[]> WATCH =
      MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
          .setFullMethodName("etcdserverpb.Watch/Watch")
          .setRequestMarshaller(RawBytes.INSTANCE)
          .setResponseMarshaller(RawBytes.INSTANCE)
          .build();
  private static final int CREATE_REQUEST = 1;
  private static final int STREAMS_PER_CONNECTION = 10;
  private static final int MESSAGE_BYTES_MAX = 64 << 20;

  /// Fixed, so that the client does not probe the path with pings, which count against it.
  private static final int WINDOW_BYTES = 1 << 20;

  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<ClientCall<byte[], byte[]>> calls = new ArrayList<>();
  private final AtomicLong created = new AtomicLong();
  private final AtomicLong events = new AtomicLong();
  private final AtomicReference<@Nullable Status> broken = new AtomicReference<>();

  WatchStreams(String endpoint, String key, int streams, int watchersPerStream)
      throws IOException, InterruptedException {
    URI uri = URI.create(endpoint);
    byte[] request = new Proto().bytes(CREATE_REQUEST, new Proto().text(1, key).done()).done();
    for (int i = 0; i < streams; i++) {
      if (i % STREAMS_PER_CONNECTION == 0) {
        channels.add(
            NettyChannelBuilder.forAddress(uri.getHost(), uri.getPort())
                .usePlaintext()
                .maxInboundMessageSize(MESSAGE_BYTES_MAX)
                .flowControlWindow(WINDOW_BYTES)
                .build());
      }
      open(channels.getLast(), request, watchersPerStream);
    }
    await(created, (long) streams * watchersPerStream, "watchers created");
  }

  private void open(ManagedChannel channel, byte[] request, int watchers) {
    ClientCall<byte[], byte[]> call = channel.newCall(WATCH, CallOptions.DEFAULT);
    calls.add(call);
    call.start(new Counter(call), new Metadata());
    call.request(1);
    for (int i = 0; i < watchers; i++) {
      call.sendMessage(request);
    }
  }

  /// Waits until `count` events in all have arrived since the streams were opened.
  void awaitEvents(long count) throws IOException, InterruptedException {
    await(events, count, "events");
  }

  long events() {
    return events.get();
  }

  private void await(AtomicLong counter, long wanted, String what)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (counter.get() < wanted) {
      Status end = broken.get();
      if (end != null) {
        throw new IOException("watch stream ended: " + end);
      }
      if (System.nanoTime() > deadline) {
        throw new IOException("%s: %d of %d after 120 s".formatted(what, counter.get(), wanted));
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  @Override
  public void close() {
    for (ClientCall<byte[], byte[]> call : calls) {
      call.cancel("measured", null);
    }
    for (ManagedChannel channel : channels) {
      channel.shutdownNow();
    }
  }

  private final class Counter extends ClientCall.Listener<byte[]> {
    private final ClientCall<byte[], byte[]> call;

    Counter(ClientCall<byte[], byte[]> call) {
      this.call = call;
    }

    @Override
    public void onMessage(byte[] message) {
      WatchMessage seen = WatchMessage.of(message);
      created.addAndGet(seen.created() ? 1 : 0);
      events.addAndGet(seen.events());
      call.request(1);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (status.getCode() != Status.Code.CANCELLED) {
        broken.compareAndSet(null, status);
      }
    }
  }
}
