package dev.pintle.kube.protobuf;

/// Bytes that are not the message they should be, or an object that cannot be written as one.
public final class ProtobufException extends IllegalArgumentException {
  ProtobufException(String message) {
    super(message);
  }
}
