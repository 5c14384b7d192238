package dev.pintle.wire.listen;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/// gRPC's own Java client, with bytes for messages.
final class GrpcClient implements AutoCloseable {
  private final ManagedChannel channel;

  GrpcClient(int port) {
    this(NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext());
  }

  GrpcClient(NettyChannelBuilder builder) {
    this.channel = builder.maxInboundMessageSize(64 << 20).build();
  }

  static MethodDescriptor<byte[], byte[]> method(MethodDescriptor.MethodType type, String path) {
    return MethodDescriptor.<byte[], byte[]>newBuilder(new Raw(), new Raw())
        .setType(type)
        .setFullMethodName(path.substring(1))
        .build();
  }

  Channel channel() {
    return channel;
  }

  byte[] call(String path, byte[] message) {
    return call(path, message, CallOptions.DEFAULT);
  }

  byte[] call(String path, byte[] message, CallOptions options) {
    return ClientCalls.blockingUnaryCall(
        channel, method(MethodDescriptor.MethodType.UNARY, path), options, message);
  }

  String call(String path, String message) {
    return new String(call(path, message.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  Iterator<byte[]> serverStream(String path, byte[] message, CallOptions options) {
    return ClientCalls.blockingServerStreamingCall(
        channel, method(MethodDescriptor.MethodType.SERVER_STREAMING, path), options, message);
  }

  StreamObserver<byte[]> bidi(String path, StreamObserver<byte[]> answers) {
    return ClientCalls.asyncBidiStreamingCall(start(path, CallOptions.DEFAULT), answers);
  }

  ClientCall<byte[], byte[]> start(String path, CallOptions options) {
    return channel.newCall(method(MethodDescriptor.MethodType.BIDI_STREAMING, path), options);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Raw implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }
}
