package dev.pintle.compat.etcd;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A client that asks for all keys of a prefix, a megabyte and more, a hundred times at once, and again as soon as it is answered.
final class ElephantFlood implements AutoCloseable {
  private static final int AT_ONCE = 100;
  private static final int KEYS = 300;
  private static final int VALUE_BYTES = 5_000;
  private static final int SECONDS_MAX = 60;

  private final ManagedChannel channel;
  private final RangeRequest wanted;
  private final AtomicInteger served = new AtomicInteger();
  private final CountDownLatch refused = new CountDownLatch(1);
  private final Set<String> refusals = ConcurrentHashMap.newKeySet();
  private volatile boolean over;

  /// @param prefix ends with `/`
  ElephantFlood(String server, String prefix) {
    URI uri = URI.create(server);
    this.channel =
        NettyChannelBuilder.forAddress(uri.getHost(), uri.getPort())
            .usePlaintext()
            .maxInboundMessageSize(64 << 20)
            .build();
    this.wanted =
        RangeRequest.newBuilder()
            .setKey(ByteString.copyFromUtf8(prefix))
            .setRangeEnd(ByteString.copyFromUtf8(prefix.substring(0, prefix.length() - 1) + "0"))
            .build();
    ByteString value = ByteString.copyFrom(new byte[VALUE_BYTES]);
    for (int i = 0; i < KEYS; i++) {
      KVGrpc.newBlockingStub(channel)
          .put(
              PutRequest.newBuilder()
                  .setKey(ByteString.copyFromUtf8(prefix + i))
                  .setValue(value)
                  .build());
    }
  }

  /// Begins, and waits until one was turned away.
  ElephantFlood begin() throws InterruptedException {
    for (int i = 0; i < AT_ONCE; i++) {
      ask();
    }
    if (!refused.await(SECONDS_MAX, TimeUnit.SECONDS)) {
      throw new AssertionError("nothing was refused, and %d served".formatted(served.get()));
    }
    return this;
  }

  private void ask() {
    FutureCallback<RangeResponse> again =
        new FutureCallback<>() {
          @Override
          public void onSuccess(RangeResponse answer) {
            served.incrementAndGet();
            next();
          }

          @Override
          public void onFailure(Throwable why) {
            if (!over) {
              Status status = Status.fromThrowable(why);
              refusals.add(status.getCode() + " " + status.getDescription());
              refused.countDown();
            }
            next();
          }
        };
    Futures.addCallback(
        KVGrpc.newFutureStub(channel).range(wanted), again, MoreExecutors.directExecutor());
  }

  private void next() {
    if (!over) {
      ask();
    }
  }

  /// Answered requests.
  int served() {
    return served.get();
  }

  /// The ways in which others were refused.
  Set<String> refusals() {
    return Set.copyOf(refusals);
  }

  @Override
  public void close() {
    over = true;
    channel.shutdownNow();
  }
}
