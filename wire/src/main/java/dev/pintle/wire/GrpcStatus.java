package dev.pintle.wire;

import java.util.Base64;

/// How a gRPC call ended.
///
/// @param message shown to the caller; sent percent-encoded
/// @param detailsBase64 an encoded `google.rpc.Status` for `grpc-status-details-bin`, unpadded; empty when there is none
public record GrpcStatus(Code code, String message, String detailsBase64) {
  public static final GrpcStatus OK = new GrpcStatus(Code.OK, "");

  public GrpcStatus(Code code, String message) {
    this(code, message, "");
  }

  /// The same status with an encoded `google.rpc.Status`.
  public GrpcStatus withDetails(byte[] encodedStatus) {
    return new GrpcStatus(code, message, Base64.getEncoder().withoutPadding().encodeToString(encodedStatus));
  }

  public boolean isOk() {
    return code == Code.OK;
  }

  /// The codes of the gRPC specification; the ordinal is the number on the wire.
  public enum Code {
    OK,
    CANCELLED,
    UNKNOWN,
    INVALID_ARGUMENT,
    DEADLINE_EXCEEDED,
    NOT_FOUND,
    ALREADY_EXISTS,
    PERMISSION_DENIED,
    RESOURCE_EXHAUSTED,
    FAILED_PRECONDITION,
    ABORTED,
    OUT_OF_RANGE,
    UNIMPLEMENTED,
    INTERNAL,
    UNAVAILABLE,
    DATA_LOSS,
    UNAUTHENTICATED
  }
}
