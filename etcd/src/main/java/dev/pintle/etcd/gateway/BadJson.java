package dev.pintle.etcd.gateway;

import dev.pintle.wire.GrpcStatus;
import dev.pintle.wire.GrpcStatus.Code;

/// A body that is not the JSON of the expected message; says where and what was expected.
final class BadJson extends Exception {
  BadJson(String message) {
    super(message, null, false, false);
  }

  GrpcStatus status() {
    return new GrpcStatus(Code.INVALID_ARGUMENT, String.valueOf(getMessage()));
  }
}
