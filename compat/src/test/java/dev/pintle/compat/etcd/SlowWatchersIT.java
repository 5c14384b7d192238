package dev.pintle.compat.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.pintle.compat.harness.RunningPintle;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Watchers that never read, and connections of which the other end is silent, cost the others nothing.
class SlowWatchersIT {
  private static final int READING = 990;
  private static final int SILENT = 10;
  private static final int HALF_OPEN = 50;
  private static final int WATCHERS_PER_CHANNEL = 100;
  private static final int SMALL_EVENTS = 300;
  private static final int LARGE_EVENTS = 8_000;
  private static final int LARGE_BYTES = 16 << 10;
  private static final int AT_ONCE = 100;
  private static final int SECONDS_MAX = 240;

  /// What those who do not read would have to be kept is 10 times 125 MiB; the store's own caches need a third of this.
  private static final List<String> LITTLE_MEMORY =
      List.of("-Xmx192m", "-XX:MaxDirectMemorySize=96m", "-XX:+ExitOnOutOfMemoryError");

  @TempDir private Path data;

  private final List<ManagedChannel> channels = new ArrayList<>();

  @Test
  void everyoneWhoReadsIsToldEverythingAndMemoryStaysBounded() throws Exception {
    List<Socket> silentSockets = new ArrayList<>();
    try (RunningPintle pintle =
            RunningPintle.up(
                data.resolve("pintle"), LITTLE_MEMORY, "--etcd", "127.0.0.1:0", "--kube", "off");
        Client writer = Client.builder().endpoints(pintle.etcd()).build()) {
      for (int i = 0; i < HALF_OPEN; i++) {
        silentSockets.add(halfOpen(pintle));
      }
      List<Watching> silent = watch(pintle, SILENT, "", LARGE_EVENTS + SMALL_EVENTS, false);
      List<Watching> reading = watch(pintle, READING, "small/", SMALL_EVENTS, true);
      put(writer, "large/", LARGE_EVENTS, LARGE_BYTES);
      put(writer, "small/", SMALL_EVENTS, 16);
      for (Watching watching : reading) {
        watching.await(SMALL_EVENTS);
      }
      // one of the silent finds its voice, and has missed nothing
      silent.getFirst().readOn();
      silent.getFirst().await(LARGE_EVENTS + SMALL_EVENTS);
      assertThat(pintle.child().isAlive()).isTrue();
      System.err.printf(
          "watchers: %d read %d events each; %d did not read %d MiB; %d half-open connections%n",
          READING, SMALL_EVENTS, SILENT, ((long) LARGE_EVENTS * LARGE_BYTES) >> 20, HALF_OPEN);
    } finally {
      channels.forEach(ManagedChannel::shutdownNow);
      for (Socket socket : silentSockets) {
        socket.close();
      }
    }
  }

  /// Says half of how HTTP/2 begins, and then nothing.
  private static Socket halfOpen(RunningPintle pintle) throws Exception {
    URI uri = URI.create(pintle.etcd());
    Socket socket = new Socket(uri.getHost(), uri.getPort());
    socket.getOutputStream().write("PRI * HTTP/2".getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }

  private List<Watching> watch(
      RunningPintle pintle, int count, String prefix, int events, boolean reads) throws Exception {
    List<Watching> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (i % (reads ? WATCHERS_PER_CHANNEL : 1) == 0) {
        URI uri = URI.create(pintle.etcd());
        channels.add(
            NettyChannelBuilder.forAddress(uri.getHost(), uri.getPort())
                .usePlaintext()
                .maxInboundMessageSize(64 << 20)
                .build());
      }
      Watching watching = new Watching(channels.getLast(), events, reads);
      watching.begin(prefix);
      all.add(watching);
    }
    for (Watching watching : all) {
      assertThat(watching.created.await(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    }
    return all;
  }

  private static void put(Client writer, String prefix, int count, int bytes) throws Exception {
    ByteSequence value = ByteSequence.from(new byte[bytes]);
    for (int i = 0; i < count; i += AT_ONCE) {
      List<CompletableFuture<?>> asked = new ArrayList<>();
      for (int j = i; j < i + AT_ONCE; j++) {
        String key = "%s%d".formatted(prefix, j);
        asked.add(writer.getKVClient().put(ByteSequence.from(key, StandardCharsets.UTF_8), value));
      }
      for (CompletableFuture<?> put : asked) {
        put.get(SECONDS_MAX, TimeUnit.SECONDS);
      }
    }
  }

  /// One watch stream. One that does not read takes the answer to its own request and no more.
  private static final class Watching extends ClientCall.Listener<WatchResponse> {
    private final CountDownLatch created = new CountDownLatch(1);
    private final CountDownLatch complete = new CountDownLatch(1);
    private final AtomicLong events = new AtomicLong();
    private final ClientCall<WatchRequest, WatchResponse> call;
    private final int expected;
    private volatile boolean reads;
    private volatile long newestRevision;
    private volatile String wrong = "";

    Watching(ManagedChannel channel, int expected, boolean reads) {
      this.call = channel.newCall(WatchGrpc.getWatchMethod(), CallOptions.DEFAULT);
      this.expected = expected;
      this.reads = reads;
    }

    void begin(String prefix) {
      call.start(this, new Metadata());
      ByteString from = ByteString.copyFromUtf8(prefix.isEmpty() ? "\0" : prefix);
      ByteString end = ByteString.copyFromUtf8(prefix.isEmpty() ? "\0" : "small0");
      call.sendMessage(
          WatchRequest.newBuilder()
              .setCreateRequest(WatchCreateRequest.newBuilder().setKey(from).setRangeEnd(end))
              .build());
      call.request(1);
    }

    void readOn() {
      reads = true;
      call.request(1);
    }

    @Override
    public void onMessage(WatchResponse response) {
      if (response.getCreated()) {
        created.countDown();
      }
      for (Event event : response.getEventsList()) {
        long revision = event.getKv().getModRevision();
        if (revision <= newestRevision) {
          wrong = "revision %d after %d".formatted(revision, newestRevision);
        }
        newestRevision = revision;
      }
      if (events.addAndGet(response.getEventsCount()) == expected) {
        complete.countDown();
      }
      if (reads) {
        call.request(1);
      }
    }

    void await(int count) throws InterruptedException {
      boolean all = complete.await(SECONDS_MAX, TimeUnit.SECONDS);
      assertThat(wrong).isEmpty();
      assertThat(all).as("%d of %d events", events.get(), count).isTrue();
    }
  }
}
