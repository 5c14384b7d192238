package dev.pintle.wire.grpc;

import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStatus.Code;

/// A refusal of what the client sent; ends the call with `status`. Without a stack trace: it is an answer.
final class Refused extends Exception {
  private final transient GrpcStatus status;

  Refused(Code code, String message) {
    super(message, null, false, false);
    this.status = new GrpcStatus(code, message);
  }

  GrpcStatus status() {
    return status;
  }
}
