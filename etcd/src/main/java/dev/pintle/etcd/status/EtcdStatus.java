package dev.pintle.etcd.status;

import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStatus.Code;

/// The statuses of etcd 3.7 that this release can answer.
public final class EtcdStatus {
  public static final GrpcStatus EMPTY_KEY = invalid("key is not provided");
  public static final GrpcStatus KEY_NOT_FOUND = invalid("key not found");
  public static final GrpcStatus VALUE_PROVIDED = invalid("value is provided");
  public static final GrpcStatus LEASE_PROVIDED = invalid("lease is provided");
  public static final GrpcStatus TOO_MANY_OPERATIONS =
      invalid("too many operations in txn request");
  public static final GrpcStatus DUPLICATE_KEY = invalid("duplicate key given in txn request");
  public static final GrpcStatus INVALID_SORT_OPTION = invalid("invalid sort option");
  public static final GrpcStatus REQUEST_TOO_LARGE = invalid("request is too large");
  public static final GrpcStatus COMPACTED =
      of(Code.OUT_OF_RANGE, "mvcc: required revision has been compacted");
  public static final GrpcStatus FUTURE_REVISION =
      of(Code.OUT_OF_RANGE, "mvcc: required revision is a future revision");
  public static final GrpcStatus LEASE_NOT_FOUND = of(Code.NOT_FOUND, "requested lease not found");
  public static final GrpcStatus LEASE_EXISTS =
      of(Code.FAILED_PRECONDITION, "lease already exists");
  public static final GrpcStatus LEASE_TTL_TOO_LARGE = of(Code.OUT_OF_RANGE, "too large lease TTL");
  public static final GrpcStatus TOO_MANY_REQUESTS =
      of(Code.RESOURCE_EXHAUSTED, "too many requests");

  /// Ours: etcd sends answers of any size.
  public static final GrpcStatus ANSWER_TOO_LARGE =
      of(Code.RESOURCE_EXHAUSTED, "response is too large: ask with a limit, or by RangeStream");

  public static final GrpcStatus NO_SPACE =
      of(Code.RESOURCE_EXHAUSTED, "mvcc: database space exceeded");
  public static final GrpcStatus STOPPED = of(Code.UNAVAILABLE, "server stopped");
  public static final GrpcStatus TIMED_OUT = of(Code.UNAVAILABLE, "request timed out");
  public static final GrpcStatus MEMBER_NOT_FOUND = of(Code.NOT_FOUND, "member not found");
  public static final GrpcStatus BAD_LEADER_TRANSFEREE =
      of(Code.FAILED_PRECONDITION, "bad leader transferee");

  public static final GrpcStatus WRONG_DOWNGRADE_VERSION =
      invalid("wrong downgrade target version format");
  public static final GrpcStatus INVALID_DOWNGRADE_TARGET =
      of(Code.INVALID_ARGUMENT, "invalid downgrade target version");
  public static final GrpcStatus UNKNOWN_METHOD = of(Code.UNKNOWN, "unknown method");

  /// In the words of gRPC's Go server.
  public static final GrpcStatus SEVERAL_MESSAGES =
      new GrpcStatus(
          Code.INTERNAL,
          "cardinality violation: received multiple request messages for non-client-streaming RPC");

  private EtcdStatus() {}

  private static GrpcStatus invalid(String text) {
    return of(Code.INVALID_ARGUMENT, text);
  }

  private static GrpcStatus of(Code code, String text) {
    return new GrpcStatus(code, "etcdserver: " + text);
  }
}
