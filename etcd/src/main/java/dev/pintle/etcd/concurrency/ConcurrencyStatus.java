package dev.pintle.etcd.concurrency;

import dev.pintle.etcd.status.EtcdErrors;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStatus.Code;

/// The refusals of these services. etcd asks its own store by a client whose refusals have a text and no code any more: so all are
/// of the code UNKNOWN.
final class ConcurrencyStatus {
  static final GrpcStatus SESSION_EXPIRED = unknown("mutex: session is expired");
  static final GrpcStatus NOT_LEADER = unknown("election: not leader");
  static final GrpcStatus NO_LEADER = unknown("election: no leader");
  static final GrpcStatus LEADER_MISSING = unknown("\"leader\" field must be provided");

  private ConcurrencyStatus() {}

  static GrpcStatus of(Refused refused) {
    return of(EtcdErrors.status(refused));
  }

  static GrpcStatus of(GrpcStatus status) {
    return unknown(status.message());
  }

  private static GrpcStatus unknown(String text) {
    return new GrpcStatus(Code.UNKNOWN, text);
  }
}
