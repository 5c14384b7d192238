package dev.pintle.etcd.status;

import dev.pintle.etcd.message.MalformedMessage;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStatus.Code;

/// The map from what the member refuses to what an etcd client understands.
public final class EtcdErrors {
  private EtcdErrors() {}

  public static GrpcStatus status(Refused refused) {
    return switch (refused) {
      case Refused.CompactedRevision _ -> EtcdStatus.COMPACTED;
      case Refused.FutureRevision _ -> EtcdStatus.FUTURE_REVISION;
      case Refused.KeyNotFound _ -> EtcdStatus.KEY_NOT_FOUND;
      case Refused.LeaseNotFound _ -> EtcdStatus.LEASE_NOT_FOUND;
      case Refused.LeaseExists _ -> EtcdStatus.LEASE_EXISTS;
      case Refused.LeaseTtlTooLarge _ -> EtcdStatus.LEASE_TTL_TOO_LARGE;
      case Refused.Unauthorized(var reason) -> AuthErrors.status(reason);
      case Refused.TooManyRequests _, Refused.NoRoom _ -> EtcdStatus.TOO_MANY_REQUESTS;
      case Refused.Stopped _ -> EtcdStatus.STOPPED;
      case Refused.OutOfSpace _ -> EtcdStatus.NO_SPACE;
      case Refused.TimedOut _ -> EtcdStatus.TIMED_OUT;
    };
  }

  public static GrpcStatus status(MalformedMessage malformed) {
    return new GrpcStatus(
        Code.INTERNAL, "grpc: error unmarshalling request: proto: " + malformed.getMessage());
  }
}
