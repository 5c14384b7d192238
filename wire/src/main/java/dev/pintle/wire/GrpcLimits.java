package dev.pintle.wire;

/// Bounds of gRPC messages, before and after compression.
///
/// @param receiveMessageBytesMax longest message from a client; a longer one is answered RESOURCE_EXHAUSTED
/// @param sendMessageBytesMax longest message to a client; a longer one ends the call with RESOURCE_EXHAUSTED
public record GrpcLimits(int receiveMessageBytesMax, int sendMessageBytesMax) {
  /// etcd's: 1.5 MiB of request and 512 KiB of overhead in, no bound out.
  public static final GrpcLimits DEFAULT = new GrpcLimits(2 << 20, Integer.MAX_VALUE);

  public GrpcLimits {
    Limits.requireAtLeast(0, receiveMessageBytesMax, "grpc.receive-message-bytes-max");
    Limits.requireAtLeast(0, sendMessageBytesMax, "grpc.send-message-bytes-max");
  }
}
