package dev.pintle.bench.hostile;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// A put to etcd's API and a read of it.
final class EtcdClientRequest implements ClientRequest {
  private static final long ANSWER_SECONDS_MAX = 10;

  private final EventLoopGroup loops = EtcdCall.newLoops(1);
  private final ManagedChannel channel;
  private final String key;
  private int round;

  EtcdClientRequest(AttackedServer victim, String key) {
    this.channel = EtcdCall.channel(victim, loops);
    this.key = key;
  }

  @Override
  public void run() throws IOException {
    String value = "round-" + round++;
    call(EtcdCall.PUT, EtcdCall.put(key, value.getBytes(StandardCharsets.UTF_8)));
    String answer =
        new String(call(EtcdCall.RANGE, EtcdCall.get(key)), StandardCharsets.ISO_8859_1);
    if (!answer.contains(value)) {
      throw new IOException("no %s in the answer to a read".formatted(value));
    }
  }

  private byte[] call(MethodDescriptor<byte[], byte[]> method, byte[] request) throws IOException {
    CallOptions options =
        CallOptions.DEFAULT.withDeadlineAfter(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    try {
      return ClientCalls.blockingUnaryCall(channel, method, options, request);
    } catch (StatusRuntimeException refused) {
      Status status = refused.getStatus();
      throw new IOException(status.getCode() + " " + status.getDescription(), refused);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  @Override
  public String toString() {
    return "etcd's put and get";
  }
}
