package dev.pintle.wire;

/// How a gRPC call ended.
///
/// @param message shown to the caller; sent percent-encoded
public record GrpcStatus(Code code, String message) {
  public static final GrpcStatus OK = new GrpcStatus(Code.OK, "");

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
