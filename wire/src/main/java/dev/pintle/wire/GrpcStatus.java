package dev.pintle.wire;

import java.util.Base64;

/// The end of a gRPC call.
///
/// @param message shown to the caller; sent percent-encoded
/// @param detailsBase64 an encoded `google.rpc.Status` for `grpc-status-details-bin`, unpadded; empty when there is none
/// @param retryAfterMillis when the caller should try again, for `grpc-retry-pushback-ms`; negative for nothing said of it
public record GrpcStatus(Code code, String message, String detailsBase64, long retryAfterMillis) {
  private static final long NOTHING_SAID = -1;

  public static final GrpcStatus OK = new GrpcStatus(Code.OK, "");

  public GrpcStatus(Code code, String message) {
    this(code, message, "", NOTHING_SAID);
  }

  /// The same status with an encoded `google.rpc.Status`.
  public GrpcStatus withDetails(byte[] encodedStatus) {
    return new GrpcStatus(
        code,
        message,
        Base64.getEncoder().withoutPadding().encodeToString(encodedStatus),
        retryAfterMillis);
  }

  /// The same status with a time after which to try again.
  public GrpcStatus withRetryAfterMillis(long millis) {
    return new GrpcStatus(code, message, detailsBase64, millis);
  }

  public boolean isOk() {
    return code == Code.OK;
  }

  /// The codes of the gRPC specification.
  public enum Code {
    OK(0),
    CANCELLED(1),
    UNKNOWN(2),
    INVALID_ARGUMENT(3),
    DEADLINE_EXCEEDED(4),
    NOT_FOUND(5),
    ALREADY_EXISTS(6),
    PERMISSION_DENIED(7),
    RESOURCE_EXHAUSTED(8),
    FAILED_PRECONDITION(9),
    ABORTED(10),
    OUT_OF_RANGE(11),
    UNIMPLEMENTED(12),
    INTERNAL(13),
    UNAVAILABLE(14),
    DATA_LOSS(15),
    UNAUTHENTICATED(16);

    private final int number;

    Code(int number) {
      this.number = number;
    }

    /// The code on the wire.
    public int number() {
      return number;
    }
  }
}
