package dev.pintle.wire;

import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.function.Function;

/// Methods served over gRPC, by path (`/package.Service/Method`). Handlers run on the connection's event loop and must
/// not wait; calls and streams may be answered from any thread.
///
/// @param meters answers what counts the calls of a path; asked once for each
public record GrpcService(Map<String, Method> methods, Function<String, CallMeter> meters) {
  public GrpcService {
    methods = Map.copyOf(methods);
  }

  public GrpcService(Map<String, Method> methods) {
    this(methods, path -> CallMeter.NONE);
  }

  public sealed interface Method permits Unary, Streaming {}

  /// One message in, one out.
  @FunctionalInterface
  public non-sealed interface Unary extends Method {
    /// `message` is valid during the call only, unless retained.
    void call(GrpcCall call, ByteBuf message);
  }

  /// Any number of messages in and out.
  @FunctionalInterface
  public non-sealed interface Streaming extends Method {
    Inbound open(GrpcStream stream);
  }

  /// The messages that the client sends on a stream.
  public interface Inbound {
    /// `message` is valid during the call only, unless retained.
    void message(ByteBuf message);

    /// The client will send no more.
    void halfClosed();

    /// The call ended without our doing: reset, connection lost or deadline passed. Nothing can be sent any more.
    void aborted();
  }
}
