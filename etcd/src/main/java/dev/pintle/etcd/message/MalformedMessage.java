package dev.pintle.etcd.message;

/// Bytes that are no protobuf message. Made on the decoding path of every call, so it carries no stack.
public final class MalformedMessage extends RuntimeException {
  MalformedMessage(String what) {
    super(what, null, false, false);
  }
}
