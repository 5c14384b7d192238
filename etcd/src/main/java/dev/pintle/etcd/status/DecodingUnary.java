package dev.pintle.etcd.status;

import dev.pintle.etcd.message.FieldSize;
import dev.pintle.etcd.message.MalformedMessage;
import dev.pintle.wire.GrpcCall;
import dev.pintle.wire.GrpcService.Unary;
import dev.pintle.wire.GrpcStatus;

/// The wrapper of a unary method that answers a refusal met while decoding.
public final class DecodingUnary {
  /// A tag of one byte, and a header of 14: tag, length, and in it an id of ten bytes with its tag.
  private static final int ENTRY_OVERHEAD_BYTES = 1 + 14;

  private static final GrpcStatus FAILED =
      new GrpcStatus(GrpcStatus.Code.INTERNAL, "the work of this request failed");

  private DecodingUnary() {}

  public static Unary unary(Unary method) {
    return (call, message) -> {
      try {
        method.call(call, message);
      } catch (StatusException refused) {
        call.fail(refused.status());
      } catch (MalformedMessage malformed) {
        call.fail(EtcdErrors.status(malformed));
      }
    };
  }

  /// As [#unary], for requests that are written to the log and must fit it. etcd measures a request as its own log holds it:
  /// as a field of an entry that also has an id.
  public static Unary bounded(int requestBytesMax, Unary method) {
    Unary refusing = unary(method);
    return (call, message) -> {
      int bytes = message.readableBytes();
      if (ENTRY_OVERHEAD_BYTES + FieldSize.varint(bytes) + bytes > requestBytesMax) {
        call.fail(EtcdStatus.REQUEST_TOO_LARGE);
      } else {
        refusing.call(call, message);
      }
    };
  }

  /// Work of `call` on another thread, which answers the call even if it fails by our fault: its client would wait for ever, and so would
  /// whoever counts the calls that are under way.
  public static Runnable answering(GrpcCall call, Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException | Error bug) {
        call.fail(FAILED);
        throw bug;
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
