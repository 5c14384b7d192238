package dev.pintle.etcd.status;

import dev.pintle.etcd.message.MalformedMessage;
import dev.pintle.wire.GrpcService.Unary;
import dev.pintle.wire.GrpcStatus;

/// Unary methods that answer a refusal met while decoding.
public final class Refusing {
  private Refusing() {}

  public static Unary unary(Unary method) {
    return (call, message) -> {
      try {
        method.call(call, message);
      } catch (StatusException refused) {
        call.fail(refused.status());
      } catch (MalformedMessage malformed) {
        call.fail(Refusals.status(malformed));
      }
    };
  }

  /// As [#unary], for requests that are written to the log and must fit it.
  public static Unary bounded(int requestBytesMax, Unary method) {
    Unary refusing = unary(method);
    return (call, message) -> {
      if (message.readableBytes() > requestBytesMax) {
        call.fail(EtcdStatus.REQUEST_TOO_LARGE);
      } else {
        refusing.call(call, message);
      }
    };
  }

  /// A method of etcd that this release does not serve.
  public static Unary notServed(String method) {
    GrpcStatus status =
        new GrpcStatus(
            GrpcStatus.Code.UNIMPLEMENTED, "%s: not served by this release".formatted(method));
    return always(status);
  }

  public static Unary always(GrpcStatus status) {
    return (call, _) -> call.fail(status);
  }
}
