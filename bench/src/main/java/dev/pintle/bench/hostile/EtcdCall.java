package dev.pintle.bench.hostile;

import dev.pintle.bench.client.Proto;
import dev.pintle.bench.client.RawBytes;
import dev.pintle.bench.client.ServerAddress;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/// Methods and messages of etcd's API by their field numbers.
final class EtcdCall {
  static final MethodDescriptor<byte[], byte[]> RANGE = unary("KV/Range");
  static final MethodDescriptor<byte[], byte[]> PUT = unary("KV/Put");
  static final MethodDescriptor<byte[], byte[]> TXN = unary("KV/Txn");
  static final MethodDescriptor<byte[], byte[]> GRANT = unary("Lease/LeaseGrant");
  static final MethodDescriptor<byte[], byte[]> WATCH =
      method("Watch/Watch", MethodDescriptor.MethodType.BIDI_STREAMING);

  private static final byte[] FIRST = new byte[1];
  private static final int TXN_SUCCESS = 2;
  private static final int RANGE_END = 2;
  private static final int CREATE_REQUEST = 1;

  /// Fixed, so that the client does not probe the path with pings, which count against it.
  private static final int WINDOW_BYTES = 1 << 20;

  private EtcdCall() {}

  /// Threads of a client's own, so that it does not wait for those of another; they end with [EventLoopGroup#shutdownGracefully].
  static EventLoopGroup newLoops(int threads) {
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory("grpc", true), NioIoHandler.newFactory());
  }

  static ManagedChannel channel(AttackedServer victim, EventLoopGroup loops) {
    ServerAddress at = victim.etcdAddress();
    return NettyChannelBuilder.forAddress(at.host(), at.port())
        .eventLoopGroup(loops)
        .channelType(NioSocketChannel.class)
        .usePlaintext()
        .flowControlWindow(WINDOW_BYTES)
        .maxInboundMessageSize(Integer.MAX_VALUE)
        .build();
  }

  static byte[] put(String key, byte[] value) {
    return new Proto().text(1, key).bytes(2, value).done();
  }

  static byte[] get(String key) {
    return new Proto().text(1, key).done();
  }

  static byte[] prefix(String prefix) {
    String end =
        prefix.substring(0, prefix.length() - 1) + (char) (prefix.charAt(prefix.length() - 1) + 1);
    return new Proto().text(1, prefix).text(RANGE_END, end).done();
  }

  static byte[] everything() {
    return new Proto().bytes(1, FIRST).bytes(RANGE_END, FIRST).done();
  }

  /// A transaction of `count` times the same range.
  static byte[] ranges(byte[] range, int count) {
    Proto txn = new Proto();
    byte[] operation = new Proto().bytes(1, range).done();
    for (int i = 0; i < count; i++) {
      txn.bytes(TXN_SUCCESS, operation);
    }
    return txn.done();
  }

  static byte[] grant(long seconds) {
    return new Proto().number(1, seconds).done();
  }

  static byte[] watch(String key) {
    return new Proto().bytes(CREATE_REQUEST, new Proto().text(1, key).done()).done();
  }

  private static MethodDescriptor<byte[], byte[]> unary(String name) {
    return method(name, MethodDescriptor.MethodType.UNARY);
  }

  private static MethodDescriptor<byte[], byte[]> method(
      String name, MethodDescriptor.MethodType type) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(type)
        .setFullMethodName("etcdserverpb." + name)
        .setRequestMarshaller(RawBytes.INSTANCE)
        .setResponseMarshaller(RawBytes.INSTANCE)
        .build();
  }
}
