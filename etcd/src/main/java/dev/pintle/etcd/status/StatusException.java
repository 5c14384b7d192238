package dev.pintle.etcd.status;

import dev.pintle.wire.GrpcStatus;

/// A call that is refused while it is decoded. It is an answer, not a fault, and carries no stack.
public final class StatusException extends RuntimeException {
  private final transient GrpcStatus status;

  public StatusException(GrpcStatus status) {
    super(status.message(), null, false, false);
    this.status = status;
  }

  public GrpcStatus status() {
    return status;
  }
}
